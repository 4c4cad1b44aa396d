import { describe, expect, test } from "bun:test";
import { createMetrics } from "../../src/metrics/metrics.ts";
import { REVISION, VERSION } from "../../src/version.ts";
import { parseExposition, startingWith } from "../support/exposition.ts";

async function emptyPage(): Promise<string> {
  return (await createMetrics({ runtime: "bun 1.4.5", maxModels: 100 }).exposition()).text;
}

const FAMILIES = {
  ollama_requests_total: "counter",
  ollama_responses_finished_total: "counter",
  ollama_request_failures_total: "counter",
  ollama_requests_in_flight: "gauge",
  ollama_response_seconds: "histogram",
  ollama_time_to_first_token_seconds: "histogram",
  ollama_time_per_output_token_seconds: "histogram",
  ollama_queue_duration_seconds: "histogram",
  ollama_load_duration_seconds: "histogram",
  ollama_prompt_eval_duration_seconds: "histogram",
  ollama_eval_duration_seconds: "histogram",
  ollama_tokens_processed_total: "counter",
  ollama_prompt_cached_tokens_total: "counter",
  ollama_tokens_generated_total: "counter",
  ollama_tokens_per_second: "histogram",
  ollama_responses_without_usage_total: "counter",
  ollama_phase_seconds_total: "counter",
  ollama_phase_tokens_total: "counter",
  ollama_up: "gauge",
  ollama_probe_success: "gauge",
  ollama_probe_duration_seconds: "gauge",
  ollama_version_info: "gauge",
  ollama_loaded_model_size_bytes: "gauge",
  ollama_loaded_model_vram_bytes: "gauge",
  ollama_loaded_model_expiry_timestamp_seconds: "gauge",
  ollama_loaded_model_context_tokens: "gauge",
  ollama_installed_model_size_bytes: "gauge",
  ollama_installed_model_info: "gauge",
  ollama_exporter_unmeasured_requests_total: "counter",
  ollama_exporter_model_overflow_total: "counter",
  ollama_exporter_lines_skipped_total: "counter",
  ollama_exporter_build_info: "gauge",
} as const;

const BUCKETS = {
  ollama_response_seconds: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 1200],
  ollama_load_duration_seconds: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300],
  ollama_prompt_eval_duration_seconds: [
    0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300,
  ],
  ollama_eval_duration_seconds: [
    0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 1200,
  ],
  ollama_time_to_first_token_seconds: [
    0.05, 0.1, 0.25, 0.5, 0.75, 1.5, 2.5, 5, 7.5, 10, 20, 30, 60, 120, 300, 600,
  ],
  ollama_time_per_output_token_seconds: [
    0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1.5, 2.5,
  ],
  ollama_queue_duration_seconds: [
    0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600,
  ],
  ollama_tokens_per_second: [1, 2, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 150, 200, 300, 500],
} as const;

test("the page has these families and the process's, and no others", async () => {
  const types = [...(await emptyPage()).matchAll(/^# TYPE (\S+) (\S+)$/gm)];
  const own = types.filter(([, name]) => !name?.startsWith("process_"));
  expect(own.map(([, name, type]) => [name, type])).toEqual(Object.entries(FAMILIES));
  expect(types.length - own.length).toBeGreaterThanOrEqual(4);
});

test("the families that fail the lint of promtool are left out", async () => {
  expect(await emptyPage()).not.toContain("nodejs_");
});

test("every family is documented by one sentence", async () => {
  const page = await emptyPage();
  const typed = [...page.matchAll(/^# TYPE (\S+) /gm)].map(([, name]) => name);
  const helped = [...page.matchAll(/^# HELP (\S+) (.+)$/gm)];
  expect(helped.map(([, name]) => name)).toEqual(typed);
  for (const [, , help] of helped) expect(help).toMatch(/^[A-Z].{10,}\.$/);
});

test("the help of the requests says that they are counted on arrival", async () => {
  expect(await emptyPage()).toMatch(/^# HELP ollama_requests_total .*on arrival/m);
});

describe.each(Object.entries(BUCKETS))("%s", (name, bounds) => {
  test("has the recommended buckets", async () => {
    const metrics = createMetrics({ runtime: "x", maxModels: 100 });
    metrics.firstToken("a:latest", 1);
    const figures = { total: 1, load: 1, promptEval: 1, eval: 1, queue: 1, generatedTokens: 1 };
    metrics.answered("a:latest", figures);
    const { text } = await metrics.exposition();
    const series = Object.keys(startingWith(parseExposition(text), `${name}_bucket`));
    const shown = series.map((one) => /le="([^"]+)"/.exec(one)?.[1]);
    expect(shown).toEqual([...bounds.map(String), "+Inf"]);
  });
});

test("the reasons for a skipped line are on the page at zero from the start", async () => {
  const samples = parseExposition(await emptyPage());
  expect(startingWith(samples, "ollama_exporter_lines_skipped_total")).toEqual({
    'ollama_exporter_lines_skipped_total{reason="too_long"}': 0,
    'ollama_exporter_lines_skipped_total{reason="invalid_json"}': 0,
    'ollama_exporter_lines_skipped_total{reason="scan_failed"}': 0,
  });
});

test("the help of the queue names what it does not hold and what is added to it", async () => {
  expect(await emptyPage()).toMatch(
    /^# HELP ollama_queue_duration_seconds .*scheduler.*load duration.*structured output in two passes/m,
  );
});

test("no model has a series before it has been asked for", async () => {
  expect(await emptyPage()).not.toContain("model=");
});

test("the build says its version, its revision and its runtime", async () => {
  const series = `{version="${VERSION}",revision="${REVISION}",runtime="bun 1.4.5"}`;
  expect(parseExposition(await emptyPage()).get(`ollama_exporter_build_info${series}`)).toBe(1);
});
