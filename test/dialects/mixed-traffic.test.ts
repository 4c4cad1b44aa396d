import { expect, test } from "bun:test";
import type { CountedPath, Counts, Tally } from "../../scripts/simulated-ollama/tally.ts";
import { type Samples, startingWith } from "../support/exposition.ts";
import { mixedTraffic, REQUESTS, STREAMED } from "./mixed-traffic.ts";

/** The sum of a field of the tally. */
function sumOf(
  tally: Tally,
  field: keyof Counts,
  isWanted: (path: CountedPath, model: string) => boolean = () => true,
): number {
  let sum = 0;
  for (const [path, models] of Object.entries(tally) as [CountedPath, Record<string, Counts>][]) {
    for (const [model, counts] of Object.entries(models)) {
      if (isWanted(path, model)) sum += counts[field];
    }
  }
  return sum;
}

/** The sum of a family over all models, as a query would make it. */
function total(samples: Samples, family: string, label = ""): number {
  const series = Object.entries(startingWith(samples, `${family}{`));
  return series.filter(([name]) => name.includes(label)).reduce((sum, [, value]) => sum + value, 0);
}

const isChat = (path: CountedPath): boolean => path === "/api/chat";
const isOwn = (path: CountedPath): boolean => path.startsWith("/api/");
const hasUsage = (path: CountedPath, model: string): boolean =>
  path !== "/v1/chat/completions" || model !== "llama3.2:latest";

const { tally, samples } = await mixedTraffic();

const phaseSeconds = (phase: string): number =>
  total(samples, "ollama_phase_seconds_total", `phase="${phase}"`);
const phaseTokens = (phase: string): number =>
  total(samples, "ollama_phase_tokens_total", `phase="${phase}"`);

test("the traffic was 90 % /v1, 5 % embed and 5 % chat, and is all counted", () => {
  const v1 = sumOf(tally, "finished", (path) => path.startsWith("/v1/"));
  expect(v1 / REQUESTS).toBe(0.9);
  expect(sumOf(tally, "finished", isChat) / REQUESTS).toBe(0.05);
  expect(sumOf(tally, "finished", (path) => path === "/api/embed") / REQUESTS).toBe(0.05);
  expect(total(samples, "ollama_requests_total")).toBe(REQUESTS);
  expect(total(samples, "ollama_responses_finished_total")).toBe(REQUESTS);
  expect(total(samples, "ollama_request_failures_total")).toBe(0);
  expect(total(samples, "ollama_response_seconds_count")).toBe(REQUESTS);
});

test("the speed of generation is the upstream's, of the requests that told time and tokens", () => {
  const tokens = sumOf(tally, "generatedTokens", isChat);
  const seconds = sumOf(tally, "evalDuration", isChat) / 1e9;
  expect(phaseTokens("generation")).toBe(tokens);
  expect(phaseTokens("generation") / phaseSeconds("generation")).toBeCloseTo(tokens / seconds, 6);
  // What comes of dividing what different requests fed.
  const mixed = total(samples, "ollama_tokens_generated_total") / seconds;
  expect(mixed).toBeGreaterThan(3 * (tokens / seconds));
});

test("the speed of the prompt's evaluation is the upstream's as well", () => {
  const tokens = sumOf(tally, "promptTokens", isChat);
  const seconds = sumOf(tally, "promptEvalDuration", isChat) / 1e9;
  expect(phaseTokens("prompt")).toBe(tokens);
  expect(phaseTokens("prompt") / phaseSeconds("prompt")).toBeCloseTo(tokens / seconds, 6);
});

test("the shares of time are those of the requests that told all their parts, and make a whole", () => {
  const whole = sumOf(tally, "totalDuration", isChat) / 1e9;
  const parts = {
    load: sumOf(tally, "loadDuration", isChat) / 1e9,
    prompt: sumOf(tally, "promptEvalDuration", isChat) / 1e9,
    generation: sumOf(tally, "evalDuration", isChat) / 1e9,
  };
  const queue = whole - parts.load - parts.prompt - parts.generation;
  const sum = total(samples, "ollama_phase_seconds_total");
  expect(sum).toBeCloseTo(whole, 6);
  for (const [phase, seconds] of Object.entries({ ...parts, queue })) {
    expect([phase, phaseSeconds(phase) / sum]).toEqual([phase, expect.closeTo(seconds / whole, 9)]);
  }
  expect(total(samples, "ollama_queue_duration_seconds_sum")).toBeCloseTo(queue, 6);
  expect(total(samples, "ollama_queue_duration_seconds_count")).toBe(
    sumOf(tally, "finished", isChat),
  );
});

test("the tokens are those of all answers that told them", () => {
  expect(total(samples, "ollama_tokens_processed_total")).toBe(
    sumOf(tally, "promptTokens", hasUsage),
  );
  expect(total(samples, "ollama_tokens_generated_total")).toBe(
    sumOf(tally, "generatedTokens", hasUsage),
  );
});

test("the share of answers without usage is what it is, by model", () => {
  const without = sumOf(tally, "finished", (path, model) => !hasUsage(path, model));
  expect(without).toBeGreaterThan(REQUESTS / 5);
  expect(total(samples, "ollama_responses_without_usage_total")).toBe(without);
  expect(total(samples, "ollama_responses_without_usage_total", "llama3.2")).toBe(without);
});

test("each streamed answer has one first token, before its end", () => {
  const streamed = sumOf(tally, "finished", (path) => STREAMED.has(path));
  expect(total(samples, "ollama_time_to_first_token_seconds_count")).toBe(streamed);
  expect(total(samples, "ollama_time_to_first_token_seconds_sum")).toBeGreaterThan(0);
});

test("the times that only Ollama knows are those of its own APIs", () => {
  const seconds = (field: keyof Counts, wanted = isOwn): number =>
    sumOf(tally, field, wanted) / 1e9;
  for (const [family, sum, count] of [
    ["ollama_load_duration_seconds", seconds("loadDuration"), sumOf(tally, "finished", isOwn)],
    ["ollama_eval_duration_seconds", seconds("evalDuration"), sumOf(tally, "finished", isChat)],
    [
      "ollama_prompt_eval_duration_seconds",
      seconds("promptEvalDuration", isChat),
      sumOf(tally, "finished", isChat),
    ],
  ] as const) {
    expect([family, total(samples, `${family}_count`)]).toEqual([family, count]);
    expect(total(samples, `${family}_sum`)).toBeCloseTo(sum, 6);
  }
  expect(total(samples, "ollama_tokens_per_second_count")).toBe(sumOf(tally, "finished", isChat));
});
