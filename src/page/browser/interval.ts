const DEFAULT_S = 5;
const LEAST_S = 1;
const MOST_S = 60;

/** Seconds between two scrapes, as a query says in `every=10s`: 1 to 60, 5 if it says nothing. */
export function intervalOf(query: string): number {
  const [, seconds] = /^(\d+)s$/.exec(new URLSearchParams(query).get("every") ?? "") ?? [];
  if (seconds === undefined) return DEFAULT_S;
  return Math.min(MOST_S, Math.max(LEAST_S, Number(seconds)));
}
