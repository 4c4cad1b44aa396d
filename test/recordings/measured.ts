import { expect } from "bun:test";
import { type Samples, scrape, startingWith } from "../support/exposition.ts";
import type { Recording } from "../support/recordings.ts";
import { expectedSeries } from "./expected-metrics.ts";

/** All series that speak of traffic. */
export async function measured(url: string): Promise<Record<string, number>> {
  const series = startingWith(await scrape(url), "ollama_");
  const lasting = /^ollama_exporter_(build_info|lines_skipped_total)\{/;
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

/** Expects the series that the chats call for and no other; sums but for their rounding. */
export async function expectMeasured(url: string, chats: readonly Recording[]): Promise<void> {
  const samples = await scrape(url);
  const expected = expectedSeries(chats, (histogram) => bordersOf(samples, histogram));
  const found = await measured(url);
  expect(Object.keys(found).toSorted()).toEqual(Object.keys(expected).toSorted());
  for (const [series, value] of Object.entries(expected)) {
    if (series.includes("_sum{")) {
      expect(Math.abs((found[series] ?? NaN) - value), series).toBeLessThan(value * 1e-9);
    } else {
      expect([series, found[series]]).toEqual([series, value]);
    }
  }
}

/** The values of `le` of a histogram, each once. */
function bordersOf(samples: Samples, histogram: string): string[] {
  const series = Object.keys(startingWith(samples, `${histogram}_bucket{`));
  const borders = new Set(series.map((name) => /le="([^"]+)"/.exec(name)?.[1] ?? ""));
  expect(borders.size).toBeGreaterThan(10);
  return [...borders];
}
