import uPlot from "uplot";
import { byId, create } from "./element.ts";
import { plotOptions } from "./plot-options.ts";

/** One line of a plot. */
export interface Line {
  readonly model: string;
  /** What of the model it is, where there is more than one line of it. */
  readonly what?: string;
  /** Of the colours that the style names. */
  readonly color: number;
  readonly dashed: boolean;
  /** One for each time; null where there is none. */
  readonly values: readonly (number | null)[];
}

export interface Drawing {
  /** Unix time in seconds. */
  readonly times: readonly number[];
  /** The first and the last time to show. */
  readonly span: readonly [from: number, to: number];
  readonly lines: readonly Line[];
}

export interface Plot {
  draw(drawing: Drawing): void;
}

/** Writes a value, and writes it briefly beside an axis. */
export interface Formats {
  value(value: number): string;
  axis(value: number): string;
}

/** A plot in an element of the template, as wide as that, in the colours of the style. */
export function createPlot(id: string, formats: Formats): Plot {
  const target = byId(id);
  const empty = create("p", "empty muted", "Nothing in the last 15 minutes.");
  let plot: uPlot | undefined;
  let drawn: Drawing = { times: [], span: [0, 1], lines: [] };
  const size = () => ({ width: target.clientWidth, height: target.clientHeight });

  const make = (): uPlot => {
    const options = { ...plotOptions(() => drawn, formats), ...size() };
    return new uPlot(options, dataOf(drawn), target);
  };
  new ResizeObserver(() => plot?.setSize(size())).observe(target);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  dark.addEventListener("change", () => plot?.redraw(false, true));

  return {
    draw(drawing) {
      const same = shapeOf(drawing) === shapeOf(drawn);
      drawn = drawing;
      if (drawing.lines.length === 0) target.append(empty);
      else empty.remove();
      if (plot && same) return plot.setData(dataOf(drawing));
      plot?.destroy();
      plot = drawing.lines.length > 0 ? make() : undefined;
    },
  };
}

/** What a plot cannot change once it is made. */
function shapeOf({ lines }: Drawing): string {
  return JSON.stringify(lines.map(({ model, what, color }) => [model, what, color]));
}

function dataOf({ times, lines }: Drawing): uPlot.AlignedData {
  return [[...times], ...lines.map(({ values }) => [...values])];
}
