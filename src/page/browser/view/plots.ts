import { MOST_PLOTTED, plottable } from "../colors.ts";
import { type Moment, type Point, WINDOW_MS } from "../timeline.ts";
import { byId, say, sayIf } from "./element.ts";
import { axisDuration, count, duration, perSecond } from "./format.ts";
import { createLegend } from "./legend.ts";
import { createPlot, type Drawing, type Line } from "./plot.ts";
import type { Shown, View } from "./view.ts";

/** The least that a plot spans, so that the first minute is not stretched over all of it. */
const LEAST_MS = 3 * 60_000;

type Value = (point: Point) => number | undefined;

/** The plots over the last minutes. */
export function plots(): View {
  const speed = createPlot("speed-plot", { value: perSecond, axis: count });
  const token = createPlot("token-plot", { value: duration, axis: axisDuration });
  const legends = ["speed-legend", "token-legend"].map(createLegend);
  const rest = byId("plots-rest");

  return (shown) => {
    const more = plottable(shown.moments).length - MOST_PLOTTED;
    sayIf(
      rest,
      more > 0
        ? `Plotted are the ${MOST_PLOTTED} busiest models of ${MOST_PLOTTED + more}.`
        : undefined,
    );
    for (const draw of legends) draw(shown.colors);

    const generation = linesOf(shown, ({ speed: value }) => value);
    speed.draw(drawingOf(shown, generation));
    say(byId("speed-words"), inWords(generation, perSecond));

    const lines = [
      ...linesOf(shown, ({ median }) => median, { what: "p50" }),
      ...linesOf(shown, ({ p95 }) => p95, { what: "p95", dashed: true }),
    ];
    token.draw(drawingOf(shown, lines));
    say(byId("token-words"), inWords(lines, duration));
  };
}

function linesOf(
  { moments, colors }: Shown,
  valueOf: Value,
  style: { what?: string; dashed?: boolean } = {},
): Line[] {
  const lines = Array.from(colors, ([model, color]): Line => {
    const values = moments.map(({ points }) => {
      const point = points.get(model);
      return (point && valueOf(point)) ?? null;
    });
    return { dashed: false, ...style, model, color, values };
  });
  return lines.filter(({ values }) => values.some((value) => value !== null));
}

function drawingOf({ moments }: Shown, lines: readonly Line[]): Drawing {
  return { times: moments.map(({ at }) => at / 1000), span: spanOf(moments), lines };
}

function spanOf(moments: readonly Moment[]): [number, number] {
  const to = moments.at(-1)?.at ?? 0;
  const from = Math.max(to - WINDOW_MS, Math.min(moments[0]?.at ?? to, to - LEAST_MS));
  return [from / 1000, to / 1000];
}

/** What is seen in a plot, for those who do not see it. */
function inWords(lines: readonly Line[], format: (value: number) => string): string {
  if (lines.length === 0) return "Nothing in the last 15 minutes.";
  const sentences = lines.map(({ model, what, values }) => {
    const known = values.filter((value) => value !== null);
    const range = `between ${format(Math.min(...known))} and ${format(Math.max(...known))}`;
    return `${[model, what].join(" ").trim()}: last ${format(known.at(-1) ?? 0)}, ${range}.`;
  });
  return `The last 15 minutes. ${sentences.join(" ")}`;
}
