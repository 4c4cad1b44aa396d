import type { Moment } from "./timeline.ts";

/** Models that are plotted; more lines could not be told apart. */
export const MOST_PLOTTED = 5;

/** Gives the busiest models of the window a colour each, which a model keeps while it is among them. */
export function createColors(): (moments: readonly Moment[]) => ReadonlyMap<string, number> {
  let colors = new Map<string, number>();
  return (moments) => {
    const busiest = plottable(moments).slice(0, MOST_PLOTTED);
    const kept = new Map([...colors].filter(([model]) => busiest.includes(model)));
    const taken = new Set(kept.values());
    const free = Array.from({ length: MOST_PLOTTED }, (_, i) => i).filter((i) => !taken.has(i));
    for (const model of busiest) if (!kept.has(model)) kept.set(model, free.shift() ?? 0);
    colors = kept;
    return colors;
  };
}

/** The models of the window, those with the most points first. */
export function plottable(moments: readonly Moment[]): string[] {
  const counts = new Map<string, number>();
  for (const { points } of moments) {
    for (const [model, { speed, median }] of points) {
      if (speed === undefined && median === undefined) continue;
      counts.set(model, (counts.get(model) ?? 0) + 1);
    }
  }
  return [...counts].toSorted(([, one], [, other]) => other - one).map(([model]) => model);
}
