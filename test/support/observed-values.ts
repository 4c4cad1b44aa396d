import { expect } from "bun:test";
import type { Counts } from "../../scripts/simulated-ollama/tally.ts";
import { scrape } from "./exposition.ts";
import { BOTH, countsOf, type ObservedOllama } from "./observed-ollama.ts";
import type { Found } from "./prometheus-query.ts";
import type { TimedAnswer } from "./timed-answers.ts";

/** For each model, this of what happened to it. */
export function eachModel(
  { ollama }: ObservedOllama,
  value: (counts: Counts) => number,
): Record<string, number> {
  return Object.fromEntries(BOTH.map((model) => [model, value(countsOf(ollama, model))]));
}

/** Expects exactly these values, but for the rounding of a range's seconds. */
export function expectValues(found: Found, expected: Readonly<Record<string, number>>): void {
  expect(Object.keys(found).toSorted()).toEqual(Object.keys(expected).toSorted());
  for (const [labels, value] of Object.entries(expected)) {
    // Of what is 0 there is no part that would be the same error.
    if (value === 0) expect(found[labels], labels).toBe(0);
    else expect((found[labels] ?? NaN) / value, labels).toBeCloseTo(1, 6);
  }
}

export interface Slowest {
  /** Those that the family is about. @default all */
  readonly of?: (answer: TimedAnswer) => boolean;
  /** Seconds that the answer took at least, and at most. */
  readonly least: (answer: TimedAnswer) => number;
  /** @default least */
  readonly most?: (answer: TimedAnswer) => number;
}

/**
 * Expects for each model a time that four in five of its answers stay below and none exceeds, as far as
 * the buckets of the family tell: they are all that PromQL has for a quantile.
 */
export async function expectSlowest(
  found: Found,
  { exporter, answers }: ObservedOllama,
  family: string,
  { of = () => true, least, most = least }: Slowest,
): Promise<void> {
  const bounds = await boundsOf(exporter, family);
  expect(Object.keys(found).toSorted()).toEqual([...BOTH]);
  for (const model of BOTH) {
    const own = answers.filter((answer) => answer.model === model && of(answer));
    const sorted = own.map(least).toSorted((a, b) => a - b);
    const lower = sorted[Math.floor(0.8 * sorted.length)] ?? NaN;
    const upper = Math.max(...own.map(most));
    const from = Math.max(0, ...bounds.filter((bound) => bound < lower));
    const to = Math.min(...bounds.filter((bound) => bound >= upper));
    expect(found[model], model).toBeGreaterThanOrEqual(from);
    expect(found[model], model).toBeLessThanOrEqual(to);
  }
}

async function boundsOf(exporter: string, family: string): Promise<number[]> {
  return [...(await scrape(exporter)).keys()]
    .filter((series) => series.startsWith(`${family}_bucket`))
    .map((series) => Number(/le="([^"]+)"/.exec(series)?.[1]?.replace("+Inf", "Infinity")));
}
