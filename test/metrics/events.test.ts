import { describe, expect, test } from "bun:test";
import { createMetrics, type Metrics } from "../../src/metrics/metrics.ts";
import { parseExposition, type Samples, startingWith } from "../support/exposition.ts";

/** What the page shows after some events. */
async function after(events: (metrics: Metrics) => void): Promise<Samples> {
  const metrics = createMetrics({ runtime: "x" });
  events(metrics);
  return parseExposition((await metrics.exposition()).text);
}

const A = '{model="a:latest"}';

/** Names of the families that have anything of a model. */
function withModel(samples: Samples): string[] {
  const series = [...samples.keys()].filter((one) => one.includes("model="));
  const names = series.map((one) => one.replace(/(?:_(?:bucket|sum|count))?\{.*$/, ""));
  return [...new Set(names)];
}

test("an arrival counts one request and nothing else", async () => {
  const samples = await after((metrics) => metrics.arrived("a:latest"));
  expect(samples.get(`ollama_requests_total${A}`)).toBe(1);
  expect(withModel(samples)).toEqual(["ollama_requests_total"]);
});

test("an answer counts no request", async () => {
  const samples = await after((metrics) => metrics.answered("a:latest", { total: 1 }));
  expect(startingWith(samples, "ollama_requests_total")).toEqual({});
});

describe("a figure goes into its family alone", () => {
  test.each([
    ["total", { total: 1.5 }, "ollama_response_seconds"],
    ["load", { load: 1.5 }, "ollama_load_duration_seconds"],
    ["promptEval", { promptEval: 1.5 }, "ollama_prompt_eval_duration_seconds"],
    ["eval", { eval: 1.5 }, "ollama_eval_duration_seconds"],
  ])("%s", async (_, answer, family) => {
    const samples = await after((metrics) => metrics.answered("a:latest", answer));
    expect(withModel(samples)).toEqual([family]);
    expect(samples.get(`${family}_sum${A}`)).toBe(1.5);
    expect(samples.get(`${family}_count${A}`)).toBe(1);
    expect(samples.get(`${family}_bucket{le="1",model="a:latest"}`)).toBe(0);
    expect(samples.get(`${family}_bucket{le="2.5",model="a:latest"}`)).toBe(1);
  });

  test.each([
    ["promptTokens", { promptTokens: 16 }, "ollama_tokens_processed_total"],
    ["generatedTokens", { generatedTokens: 16 }, "ollama_tokens_generated_total"],
  ])("%s", async (_, answer, family) => {
    const samples = await after((metrics) => metrics.answered("a:latest", answer));
    expect(withModel(samples)).toEqual([family]);
    expect(samples.get(`${family}${A}`)).toBe(16);
  });
});

test("the speed is generated tokens through the time of their generation", async () => {
  const samples = await after((metrics) =>
    metrics.answered("a:latest", { total: 100, eval: 2, promptTokens: 1000, generatedTokens: 50 }),
  );
  expect(samples.get(`ollama_tokens_per_second_sum${A}`)).toBe(25);
  expect(samples.get(`ollama_tokens_per_second_count${A}`)).toBe(1);
});

test.each([
  ["tokens without a time", { generatedTokens: 1 }],
  ["a time without tokens", { eval: 1 }],
])("%s has no speed", async (_, answer) => {
  const samples = await after((metrics) => metrics.answered("a:latest", answer));
  expect(startingWith(samples, "ollama_tokens_per_second")).toEqual({});
});

test.each(["load", "unload"])("an answer to %s records nothing", async (doneReason) => {
  const samples = await after((metrics) => metrics.answered("a:latest", { doneReason }));
  expect(withModel(samples)).toEqual([]);
});

test("an answer of one token, which has no time, records the rest", async () => {
  const samples = await after((metrics) =>
    metrics.answered("a:latest", {
      doneReason: "stop",
      total: 0.3,
      load: 0.2,
      promptEval: 0.07,
      promptTokens: 16,
      generatedTokens: 1,
    }),
  );
  expect(withModel(samples).toSorted()).toEqual([
    "ollama_load_duration_seconds",
    "ollama_prompt_eval_duration_seconds",
    "ollama_response_seconds",
    "ollama_tokens_generated_total",
    "ollama_tokens_processed_total",
  ]);
});

test("answers add up, each model by itself", async () => {
  const samples = await after((metrics) => {
    metrics.answered("a:latest", { total: 1, generatedTokens: 2 });
    metrics.answered("a:latest", { total: 2, generatedTokens: 3 });
    metrics.answered("b:latest", { total: 4, generatedTokens: 7 });
  });
  expect(startingWith(samples, "ollama_tokens_generated_total")).toEqual({
    [`ollama_tokens_generated_total${A}`]: 5,
    'ollama_tokens_generated_total{model="b:latest"}': 7,
  });
  expect(samples.get(`ollama_response_seconds_sum${A}`)).toBe(3);
  expect(samples.get(`ollama_response_seconds_count${A}`)).toBe(2);
  expect(samples.get('ollama_response_seconds_sum{model="b:latest"}')).toBe(4);
});

test.each(["too_long", "invalid_json", "scan_failed"] as const)(
  "a line that was skipped as %s is counted under that reason",
  async (reason) => {
    const samples = await after((metrics) => metrics.skipped(reason));
    const counted = startingWith(samples, "ollama_exporter_lines_skipped_total");
    expect(counted[`ollama_exporter_lines_skipped_total{reason="${reason}"}`]).toBe(1);
    expect(Object.values(counted).filter((count) => count === 0).length).toBe(2);
  },
);
