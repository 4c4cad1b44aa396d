import { expect } from "bun:test";
import type { Tally } from "../../scripts/simulated-ollama/tally.ts";
import { type Samples, startingWith } from "./exposition.ts";

/**
 * The series of chat that a tally calls for, all but buckets and the sums of tokens per second.
 * Every finished answer of the tally has at least two tokens; one alone has no duration.
 */
export function chatSeries(tally: Tally): Record<string, number> {
  const series: Record<string, number> = {};
  for (const [model, counts] of Object.entries(tally["/api/chat"])) {
    const label = `{model="${model}"}`;
    series[`ollama_requests_total${label}`] = counts.requests;
    if (counts.finished === 0) continue;
    series[`ollama_tokens_processed_total${label}`] = counts.promptTokens;
    series[`ollama_tokens_generated_total${label}`] = counts.generatedTokens;
    series[`ollama_tokens_per_second_count${label}`] = counts.finished;
    for (const [family, nanoseconds] of [
      ["ollama_response_seconds", counts.totalDuration],
      ["ollama_load_duration_seconds", counts.loadDuration],
      ["ollama_prompt_eval_duration_seconds", counts.promptEvalDuration],
      ["ollama_eval_duration_seconds", counts.evalDuration],
    ] as const) {
      series[`${family}_sum${label}`] = nanoseconds / 1e9;
      series[`${family}_count${label}`] = counts.finished;
    }
  }
  return series;
}

/** Expects exactly these series of chat, and each value but for the rounding of sums of seconds. */
export function expectChatSeries(samples: Samples, expected: Record<string, number>): void {
  const found = Object.entries(startingWith(samples, "ollama_")).filter(
    ([name]) => !/^ollama_(exporter|\w+_bucket|tokens_per_second_sum)/.test(name),
  );
  expect(found.map(([name]) => name).toSorted()).toEqual(Object.keys(expected).toSorted());
  for (const [name, value] of found) {
    if (name.includes("_sum{")) expect(value, name).toBeCloseTo(expected[name] ?? NaN, 6);
    else expect([name, value]).toEqual([name, expected[name] ?? NaN]);
  }
}
