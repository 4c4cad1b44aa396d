import { expect } from "bun:test";
import type { Counts, Tally } from "../../scripts/simulated-ollama/tally.ts";
import { FAILURE_REASONS } from "../../src/exchange.ts";
import { type Samples, startingWith } from "./exposition.ts";
import { failedSeries } from "./outcome-series.ts";

/** A tally knows answers and loads, and not why they ended; PromQL understands these as well. */
const FOLDED = [/"(?:stop|length)"/, /"(?:load|unload)"/] as const;
const ANSWERS = 'done_reason=~"stop|length"';
const LOADS = 'done_reason=~"load|unload"';

/** What a tally cannot tell: buckets, averages, and what the exporter's own clock measures. */
const NOT_TOLD =
  /^ollama_(?:exporter|\w+_bucket|tokens_per_second_sum|time_per_output_token_seconds_sum|time_to_first_token)/;

/**
 * The series of chat that a tally calls for. Every finished answer of the tally has at least two
 * tokens; one alone has no duration.
 */
export function chatSeries(tally: Tally): Record<string, number> {
  const models = Object.entries(tally["/api/chat"]);
  return Object.assign({}, ...models.map(([model, counts]) => modelSeries(model, counts)));
}

/** The series of a model with so many requests of which nothing but the outcome is known. */
export function modelSeries(model: string, known: Partial<Counts>): Record<string, number> {
  const counts = { ...NOTHING, ...known };
  const { requests, finished, aborted, loads, refused } = counts;
  const label = `{model="${model}"}`;
  const of = (more: string): string => `{model="${model}",${more}}`;
  const [total, load, prompt, generation] = [
    counts.totalDuration / 1e9,
    counts.loadDuration / 1e9,
    counts.promptEvalDuration / 1e9,
    counts.evalDuration / 1e9,
  ];
  const queue = total - load - prompt - generation;
  const histograms = {
    ollama_response_seconds: total,
    ollama_load_duration_seconds: load,
    ollama_prompt_eval_duration_seconds: prompt,
    ollama_eval_duration_seconds: generation,
    ollama_queue_duration_seconds: queue,
  };
  const series = {
    [`ollama_requests_total${label}`]: requests,
    [`ollama_requests_in_flight${label}`]: requests - finished - aborted - loads - refused,
    ...Object.fromEntries(FAILURE_REASONS.map((reason) => [failedSeries(model, reason), 0])),
    [failedSeries(model, "client_abort")]: aborted,
    [failedSeries(model, "upstream_4xx")]: refused,
    [`ollama_responses_finished_total${of(ANSWERS)}`]: finished,
    [`ollama_responses_finished_total${of(LOADS)}`]: loads,
    [`ollama_responses_finished_total${of('done_reason="other"')}`]: 0,
    [`ollama_tokens_processed_total${label}`]: counts.promptTokens,
    [`ollama_prompt_cached_tokens_total${label}`]: 0,
    [`ollama_tokens_generated_total${label}`]: counts.generatedTokens,
    [`ollama_responses_without_usage_total${label}`]: loads,
    [`ollama_phase_seconds_total${of('phase="load"')}`]: load,
    [`ollama_phase_seconds_total${of('phase="prompt"')}`]: prompt,
    [`ollama_phase_seconds_total${of('phase="generation"')}`]: generation,
    [`ollama_phase_seconds_total${of('phase="queue"')}`]: queue,
    [`ollama_phase_tokens_total${of('phase="prompt"')}`]: counts.promptTokens,
    [`ollama_phase_tokens_total${of('phase="generation"')}`]: counts.generatedTokens,
  };
  if (finished === 0) return series;
  series[`ollama_tokens_per_second_count${label}`] = finished;
  series[`ollama_time_per_output_token_seconds_count${label}`] = finished;
  for (const [family, sum] of Object.entries(histograms)) {
    series[`${family}_sum${label}`] = sum;
    series[`${family}_count${label}`] = finished;
  }
  return series;
}

const NOTHING: Counts = {
  requests: 0,
  finished: 0,
  aborted: 0,
  loads: 0,
  refused: 0,
  promptTokens: 0,
  generatedTokens: 0,
  totalDuration: 0,
  loadDuration: 0,
  promptEvalDuration: 0,
  evalDuration: 0,
};

/** Expects exactly these series of chat, and each value but for the rounding of sums of seconds. */
export function expectChatSeries(samples: Samples, expected: Record<string, number>): void {
  const found: Record<string, number> = {};
  for (const [name, value] of Object.entries(startingWith(samples, "ollama_"))) {
    if (NOT_TOLD.test(name)) continue;
    const key = name.replace(/done_reason=("\w+")/, (told, reason: string) =>
      FOLDED[0].test(reason) ? ANSWERS : FOLDED[1].test(reason) ? LOADS : told,
    );
    found[key] = (found[key] ?? 0) + value;
  }
  expect(Object.keys(found).toSorted()).toEqual(Object.keys(expected).toSorted());
  for (const [name, value] of Object.entries(found)) {
    if (/_sum\{|_seconds_total\{/.test(name)) {
      expect(value, name).toBeCloseTo(expected[name] ?? NaN, 6);
    } else expect([name, value]).toEqual([name, expected[name] ?? NaN]);
  }
}
