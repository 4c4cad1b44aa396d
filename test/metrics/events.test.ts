import { describe, expect, test } from "bun:test";
import { startingWith } from "../support/exposition.ts";
import { after, counted } from "./after.ts";

const A = '{model="a:latest"}';

test("an arrival counts one request in flight and nothing else", async () => {
  const samples = await after((metrics) => metrics.arrived("a:latest"));
  expect(samples.get(`ollama_requests_total${A}`)).toBe(1);
  expect(samples.get(`ollama_requests_in_flight${A}`)).toBe(1);
  expect(counted(samples)).toEqual(["ollama_requests_in_flight", "ollama_requests_total"]);
});

test("an answer counts no request and no outcome", async () => {
  const samples = await after((metrics) => metrics.answered("a:latest", { total: 1 }));
  expect(startingWith(samples, "ollama_requests_")).toEqual({});
  expect(startingWith(samples, "ollama_responses_finished_total")).toEqual({});
});

test("a first token is observed at once and counts no answer", async () => {
  const samples = await after((metrics) => metrics.firstToken("a:latest", 0.6));
  expect(counted(samples)).toEqual(["ollama_time_to_first_token_seconds"]);
  expect(samples.get(`ollama_time_to_first_token_seconds_sum${A}`)).toBe(0.6);
  expect(samples.get(`ollama_time_to_first_token_seconds_count${A}`)).toBe(1);
});

/** What an answer of a conversation counts, whatever else it tells. */
const USAGE = { promptTokens: 3 };
const OF_USAGE = "ollama_tokens_processed_total";

describe("a figure goes into its family alone", () => {
  test.each([
    ["total", { total: 1.5 }, "ollama_response_seconds"],
    ["load", { load: 1.5 }, "ollama_load_duration_seconds"],
    ["promptEval", { promptEval: 1.5 }, "ollama_prompt_eval_duration_seconds"],
    ["eval", { eval: 1.5 }, "ollama_eval_duration_seconds"],
    ["queue", { queue: 1.5 }, "ollama_queue_duration_seconds"],
  ])("%s", async (_, answer, family) => {
    const samples = await after((metrics) => metrics.answered("a:latest", { ...answer, ...USAGE }));
    expect(counted(samples)).toEqual([family, OF_USAGE]);
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
    expect(counted(samples)).toEqual([family]);
    expect(samples.get(`${family}${A}`)).toBe(16);
  });

  test("cachedTokens", async () => {
    const samples = await after((metrics) =>
      metrics.answered("a:latest", { ...USAGE, cachedTokens: 2 }),
    );
    expect(counted(samples)).toEqual(["ollama_prompt_cached_tokens_total", OF_USAGE]);
    expect(samples.get(`ollama_prompt_cached_tokens_total${A}`)).toBe(2);
  });
});

test("a queue of no time is recorded", async () => {
  const samples = await after((metrics) => metrics.answered("a:latest", { queue: 0 }));
  expect(samples.get(`ollama_queue_duration_seconds_count${A}`)).toBe(1);
  expect(samples.get(`ollama_queue_duration_seconds_sum${A}`)).toBe(0);
  expect(samples.get('ollama_queue_duration_seconds_bucket{le="0.005",model="a:latest"}')).toBe(1);
});

describe("the speed and the time of a token", () => {
  test("are generated tokens and the time of their generation, divided both ways", async () => {
    const samples = await after((metrics) =>
      metrics.answered("a:latest", {
        total: 100,
        eval: 2,
        promptTokens: 1000,
        generatedTokens: 50,
      }),
    );
    expect(samples.get(`ollama_tokens_per_second_sum${A}`)).toBe(25);
    expect(samples.get(`ollama_tokens_per_second_count${A}`)).toBe(1);
    expect(samples.get(`ollama_time_per_output_token_seconds_sum${A}`)).toBe(0.04);
    expect(samples.get(`ollama_time_per_output_token_seconds_count${A}`)).toBe(1);
    const bucket = "ollama_time_per_output_token_seconds_bucket";
    expect(samples.get(`${bucket}{le="0.03",model="a:latest"}`)).toBe(0);
    expect(samples.get(`${bucket}{le="0.05",model="a:latest"}`)).toBe(1);
  });

  test.each([
    ["tokens without a time", { generatedTokens: 1 }],
    ["a time without tokens", { eval: 1 }],
    ["our own clock's time alone", { total: 1, generatedTokens: 5 }],
  ])("are not told by %s", async (_, answer) => {
    const samples = await after((metrics) => metrics.answered("a:latest", answer));
    expect(startingWith(samples, "ollama_tokens_per_second")).toEqual({});
    expect(startingWith(samples, "ollama_time_per_output_token")).toEqual({});
  });
});

test.each(["load", "unload"])(
  "an answer to %s records that it told no usage",
  async (doneReason) => {
    const samples = await after((metrics) => metrics.answered("a:latest", { doneReason }));
    expect(counted(samples)).toEqual(["ollama_responses_without_usage_total"]);
  },
);

/** How many answers without usage there are after this one. */
async function without(answer: object): Promise<number | undefined> {
  const samples = await after((metrics) => metrics.answered("a:latest", answer));
  return samples.get(`ollama_responses_without_usage_total${A}`);
}

describe("an answer without usage", () => {
  test("is counted, whatever else it tells", async () => {
    expect(await without({ doneReason: "stop" })).toBe(1);
    expect(await without({ total: 1, queue: 0, cachedTokens: 0 })).toBe(1);
  });

  test.each([{ promptTokens: 1 }, { generatedTokens: 1 }, { promptTokens: 1, generatedTokens: 2 }])(
    "is none with %j",
    async (usage) => {
      expect(await without(usage)).toBeUndefined();
    },
  );
});

test("an answer of one token, which has no time, records the rest", async () => {
  const samples = await after((metrics) =>
    metrics.answered("a:latest", {
      doneReason: "stop",
      total: 0.3,
      load: 0.2,
      promptEval: 0.07,
      queue: 0.03,
      promptTokens: 16,
      generatedTokens: 1,
    }),
  );
  expect(counted(samples)).toEqual([
    "ollama_load_duration_seconds",
    "ollama_phase_seconds_total",
    "ollama_phase_tokens_total",
    "ollama_prompt_eval_duration_seconds",
    "ollama_queue_duration_seconds",
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
    const skipped = startingWith(samples, "ollama_exporter_lines_skipped_total");
    expect(skipped[`ollama_exporter_lines_skipped_total{reason="${reason}"}`]).toBe(1);
    expect(Object.values(skipped).filter((count) => count === 0).length).toBe(2);
  },
);
