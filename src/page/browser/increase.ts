import { type Families, type Sample, sum } from "./families.ts";
import { COUNTERS } from "./names.ts";

const START = "process_start_time_seconds";

/**
 * By how much each counter has grown from one page to the next. A counter that is new, smaller, or of
 * another process has begun at 0 in between. Models for which nothing grew are left out, so that what
 * is kept grows with the traffic and not with the number of models.
 */
export function increase(before: Families, now: Families): Families {
  const anew = sum(before, START) !== sum(now, START);
  const grown = new Map<string, Sample[]>();
  const moved = new Set<string | undefined>();
  for (const name of COUNTERS) {
    const old = new Map(anew ? [] : before.get(name)?.map(({ series, value }) => [series, value]));
    const samples = (now.get(name) ?? []).map((sample) => {
      const from = old.get(sample.series) ?? 0;
      const value = sample.value < from ? sample.value : sample.value - from;
      if (value > 0) moved.add(sample.labels.get("model"));
      return { series: sample.series, labels: sample.labels, value };
    });
    grown.set(name, samples);
  }
  for (const [name, samples] of grown) {
    grown.set(
      name,
      samples.filter(({ labels }) => moved.has(labels.get("model"))),
    );
  }
  return grown;
}

/** Several increases, one after the other, as one. */
export function total(increases: readonly Families[]): Families {
  const totals = new Map<string, Map<string, Sample>>();
  for (const families of increases) {
    for (const [name, samples] of families) {
      const bySeries = totals.get(name) ?? new Map<string, Sample>();
      totals.set(name, bySeries);
      for (const sample of samples) {
        const value = (bySeries.get(sample.series)?.value ?? 0) + sample.value;
        bySeries.set(sample.series, { ...sample, value });
      }
    }
  }
  return new Map(Array.from(totals, ([name, bySeries]) => [name, [...bySeries.values()]]));
}
