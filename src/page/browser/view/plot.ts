import uPlot from "uplot";
import { byId, create } from "./element.ts";
import { plotOptions } from "./plot-options.ts";

/** One line of a plot. */
export interface Line {
  readonly label: string;
  /** Of the colours that the style names. */
  readonly color: number;
  readonly dashed?: boolean;
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

/** A plot in an element of the template, as wide as that, in the colours of the style. */
export function createPlot(id: string, format: (value: number) => string): Plot {
  const target = byId(id);
  const empty = create("p", "empty muted", "Nothing in the last 15 minutes.");
  let plot: uPlot | undefined;
  let drawn: Drawing = { times: [], span: [0, 1], lines: [] };
  const size = () => ({ width: target.clientWidth, height: target.clientHeight });

  const make = (): uPlot => {
    const options = { ...plotOptions(() => drawn, format), ...size() };
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
  return JSON.stringify(lines.map(({ label, color, dashed }) => [label, color, dashed]));
}

function dataOf({ times, lines }: Drawing): uPlot.AlignedData {
  return [[...times], ...lines.map(({ values }) => [...values])];
}
