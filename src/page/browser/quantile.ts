import type { Sample } from "./families.ts";

/**
 * The quantile of a histogram, as `histogram_quantile(q, sum by (le) (…))` of Prometheus estimates it
 * from the buckets; undefined where nothing was observed.
 */
export function quantile(q: number, buckets: readonly Sample[]): number | undefined {
  const [bounds, counts] = cumulative(buckets);
  const observed = counts.at(-1) ?? 0;
  if (bounds.at(-1) !== Infinity || bounds.length < 2 || !(observed > 0)) return undefined;
  const rank = q * observed;
  const at = counts.findIndex((count) => count >= rank);
  // Beyond the last finite bound nobody knows where: it is at least that.
  if (at === bounds.length - 1) return bounds.at(-2);
  const end = bounds[at] ?? 0;
  if (at === 0 && end <= 0) return end;
  const [start, below] = at === 0 ? [0, 0] : [bounds[at - 1] ?? 0, counts[at - 1] ?? 0];
  return start + (end - start) * ((rank - below) / ((counts[at] ?? 0) - below));
}

/** Bounds from small to large, and how many were observed up to each, never less than before. */
function cumulative(buckets: readonly Sample[]): [bounds: number[], counts: number[]] {
  const sums = new Map<number, number>();
  for (const { labels, value } of buckets) {
    const le = labels.get("le") ?? "";
    const bound = le === "+Inf" ? Infinity : Number(le);
    if (!Number.isNaN(bound)) sums.set(bound, (sums.get(bound) ?? 0) + value);
  }
  const bounds = [...sums.keys()].toSorted((a, b) => a - b);
  let most = 0;
  const counts = bounds.map((bound) => (most = Math.max(most, sums.get(bound) ?? 0)));
  return [bounds, counts];
}
