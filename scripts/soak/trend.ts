import { median } from "../statistics.ts";

/** A value and when it was seen. */
export interface Point {
  readonly at: number;
  readonly value: number;
}

/** What is still no growth, in the unit of the value. */
export interface Limit {
  /** In each half, and in the whole twice as much. */
  readonly steady: number;
  /** From the first quarter to the last. */
  readonly total: number;
}

/**
 * A leak goes on: there is growth in both halves. A step that levels off is in one of them only, and
 * is no leak unless it is huge; growth that begins late is, if it goes on, huge in the end.
 */
export function growsWithoutBound(points: readonly Point[], limit: Limit): boolean {
  const middle = Math.floor(points.length / 2);
  const halves = [change(points.slice(0, middle)), change(points.slice(middle))];
  const steady = Math.min(...halves, change(points) / 2);
  const quarter = Math.ceil(points.length / 4);
  const total = level(points.slice(-quarter)) - level(points.slice(0, quarter));
  return steady > limit.steady || total > limit.total;
}

/**
 * By how much the values rise or fall from the first to the last, as their Theil-Sen slope has it:
 * the median of the slopes between all pairs. A garbage collection or a burst of requests, which
 * makes outliers of single values, does not move it.
 */
export function change(points: readonly Point[]): number {
  const slopes = points.flatMap((from, index) =>
    points.slice(index + 1).map((to) => (to.value - from.value) / (to.at - from.at)),
  );
  const [first, last] = [points.at(0), points.at(-1)];
  return first === undefined || last === undefined ? NaN : median(slopes) * (last.at - first.at);
}

function level(points: readonly Point[]): number {
  return median(points.map(({ value }) => value));
}
