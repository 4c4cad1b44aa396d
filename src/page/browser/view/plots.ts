import { MOST_PLOTTED, plottable } from "../colors.ts";
import { type Moment, type Point, WINDOW_MS } from "../timeline.ts";
import { byId, say } from "./element.ts";
import { duration, perSecond } from "./format.ts";
import { createPlot, type Drawing, type Line } from "./plot.ts";
import type { Shown, View } from "./view.ts";

/** The least that a plot spans, so that the first minute is not stretched over all of it. */
const LEAST_MS = 3 * 60_000;

type Value = (point: Point) => number | undefined;

/** The plots over the last minutes. */
export function plots(): View {
  const speed = createPlot("speed-plot", perSecond);
  const token = createPlot("token-plot", duration);
  const notes = ["speed-note", "token-note"].map((id) => {
    const note = byId(id);
    return [note, note.textContent] as const;
  });

  return (shown) => {
    const rest = plottable(shown.moments).length - MOST_PLOTTED;
    const only = rest > 0 ? ` The ${MOST_PLOTTED} busiest models; ${rest} more are in the table.` : "";
    for (const [note, text] of notes) say(note, `${text}${only}`);

    const generation = linesOf(shown, ({ speed: value }) => value);
    speed.draw(drawingOf(shown, generation));
    say(byId("speed-words"), inWords(generation, (value) => `${perSecond(value)} tokens per second`));

    const lines = [
      ...linesOf(shown, ({ median }) => median, " p50"),
      ...linesOf(shown, ({ p95 }) => p95, " p95").map((line) => ({ ...line, dashed: true })),
    ];
    token.draw(drawingOf(shown, lines));
    say(byId("token-words"), inWords(lines, duration));
  };
}

function linesOf({ moments, colors }: Shown, valueOf: Value, of = ""): Line[] {
  return Array.from(colors, ([model, color]) => ({
    label: `${model}${of}`,
    color,
    values: moments.map(({ points }) => {
      const point = points.get(model);
      return (point && valueOf(point)) ?? null;
    }),
  })).filter(({ values }) => values.some((value) => value !== null));
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
  const sentences = lines.map(({ label, values }) => {
    const known = values.filter((value) => value !== null);
    const range = `between ${format(Math.min(...known))} and ${format(Math.max(...known))}`;
    return `${label}: last ${format(known.at(-1) ?? 0)}, ${range}.`;
  });
  return `The last 15 minutes. ${sentences.join(" ")}`;
}
