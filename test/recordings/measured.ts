import { expect } from "bun:test";
import { type Samples, scrape, startingWith } from "../support/exposition.ts";
import type { Recording } from "../support/recordings.ts";
import { expectedSeries } from "./expected-metrics.ts";

/** All series that speak of what was measured. */
export async function measured(url: string): Promise<Record<string, number>> {
  const series = startingWith(await scrape(url), "ollama_");
  const lasting =
    /^ollama_exporter_(build_info\{|lines_skipped_total\{|model_overflow_total$|unmeasured_requests_total\{)/;
  return Object.fromEntries(Object.entries(series).filter(([name]) => !lasting.test(name)));
}

/** The skipped lines, whatever their reason. */
export async function skippedLines(url: string): Promise<number> {
  const counts = Object.values(
    startingWith(await scrape(url), "ollama_exporter_lines_skipped_total{"),
  );
  expect(counts).not.toBeEmpty();
  return counts.reduce((sum, count) => sum + count, 0);
}

/** How long the first token took is nowhere in a recording. */
const MADE_BY_THE_CLOCK = /^ollama_time_to_first_token_seconds_(sum\{|bucket\{le="\d)/;

/** Expects the series that the chats call for and no other; sums but for their rounding. */
export async function expectMeasured(url: string, chats: readonly Recording[]): Promise<void> {
  const samples = await scrape(url);
  const expected = expectedSeries(chats, (histogram) => bordersOf(samples, histogram));
  const found = Object.fromEntries(
    Object.entries(await measured(url)).filter(([series]) => !MADE_BY_THE_CLOCK.test(series)),
  );
  expect(Object.keys(found).toSorted()).toEqual(Object.keys(expected).toSorted());
  for (const [series, value] of Object.entries(expected)) {
    if (/_sum\{|_phase_seconds_total\{/.test(series)) {
      expect(Math.abs((found[series] ?? NaN) - value), series).toBeLessThan(value * 1e-9 + 1e-9);
    } else {
      expect([series, found[series]]).toEqual([series, value]);
    }
  }
}

/** The values of `le` of a histogram, each once. */
function bordersOf(samples: Samples, histogram: string): string[] {
  const series = Object.keys(startingWith(samples, `${histogram}_bucket{`));
  const borders = new Set(series.map((name) => /le="([^"]+)"/.exec(name)?.[1] ?? ""));
  expect(borders.size, histogram).toBeGreaterThan(10);
  return [...borders];
}
