import { expect, test } from "bun:test";
import { createMetrics, type Metrics } from "../../src/metrics/metrics.ts";
import { parseExposition } from "../support/exposition.ts";
import { checkOpenMetrics, type OpenMetricsFamily } from "./openmetrics-checker.ts";

const ACCEPT = "application/openmetrics-text;version=1.0.0";
const TRACE = "0af7651916cd43dd8448eb211c80319c";
const LATER = "4bf92f3577b34da6a3ce929d0e0e4736";
const HOUR_MS = 60 * 60 * 1000;

const FIGURES = { promptEval: 0.025, eval: 2.5, promptTokens: 16, generatedTokens: 50 };

const created = (now = (): number => 0): Metrics =>
  createMetrics({ runtime: "bun 1.4.5", maxModels: 10, now });

/** An answer of each of two models, and what Ollama says of itself. */
function fill(metrics: Metrics, traceId?: string): void {
  metrics.observed({
    up: true,
    version: '0.24.0 "quoted" \\ \n of two lines',
    probes: new Map([["ps", { success: true, seconds: 0.001 }]]),
    loaded: [
      { model: "one", sizeBytes: 3e9, vramBytes: 1e21, expiresAt: Infinity, contextTokens: 4096 },
    ],
    installed: [
      {
        model: "one",
        sizeBytes: 2e9,
        details: { family: "llama", parameterSize: "3.2B", quantization: "Q4_K_M" },
      },
    ],
  });
  for (const name of ["one", "two", undefined]) {
    const model = metrics.arrived(name);
    metrics.firstToken(model, 0.125, traceId);
    metrics.answered(model, { ...FIGURES, total: 3.5, load: 0.1, queue: 0.875 }, traceId);
    metrics.answered(model, { ...FIGURES, total: 9999, load: 1e-9, queue: 0 }, traceId);
    metrics.ended(model, { finished: "stop" });
  }
  metrics.skipped("too_long");
}

const openPage = async (metrics: Metrics): Promise<string> =>
  (await metrics.exposition(ACCEPT)).text;

/** All exemplars of a page, by series. */
function exemplarsOf(families: readonly OpenMetricsFamily[]): Record<string, string> {
  const exemplars: Record<string, string> = {};
  for (const { name, labels, exemplar } of families.flatMap(({ samples }) => samples)) {
    if (!exemplar) continue;
    const told = `${exemplar.labels.get("trace_id")} ${exemplar.value}`;
    exemplars[`${labels.get("model")} ${name} ${labels.get("le")}`] = told;
  }
  return exemplars;
}

test("a page of all families is OpenMetrics 1.0 to the letter", async () => {
  const metrics = created();
  checkOpenMetrics(await openPage(metrics));
  fill(metrics, TRACE);
  const families = checkOpenMetrics(await openPage(metrics));
  const types = new Map(families.map(({ name, type }) => [name, type]));
  expect(types.get("ollama_requests")).toBe("counter");
  expect(types.get("ollama_response_seconds")).toBe("histogram");
  expect(types.get("ollama_requests_in_flight")).toBe("gauge");
  expect(types.get("ollama_exporter_build")).toBe("info");
});

test("both formats have the same series with the same values", async () => {
  const metrics = created();
  fill(metrics, TRACE);
  // Asked for at once they are one reading, so that the process's own figures are equal too.
  const [text, open] = await Promise.all([metrics.exposition(), metrics.exposition(ACCEPT)]);
  const withoutExemplars = open.text.replaceAll(/ # .*$/gm, "").replaceAll(/(le="\d+)\.0"/g, '$1"');
  const samples = parseExposition(text.text);
  expect(samples.size).toBeGreaterThan(500);
  expect([...parseExposition(withoutExemplars)]).toEqual([...samples]);
  expect(open.text.match(/^# HELP .*/gm)?.length).toBe(text.text.match(/^# HELP .*/gm)?.length);
});

test("the content type is that of the format", async () => {
  const metrics = created();
  expect((await metrics.exposition(ACCEPT)).contentType).toBe(
    "application/openmetrics-text; version=1.0.0; charset=utf-8",
  );
  const text = "text/plain; version=0.0.4; charset=utf-8";
  expect((await metrics.exposition()).contentType).toBe(text);
  expect((await metrics.exposition("*/*")).contentType).toBe(text);
});

test("a trace is the exemplar of its bucket in every latency histogram and nowhere else", async () => {
  const metrics = created();
  fill(metrics, TRACE);
  const exemplars = exemplarsOf(checkOpenMetrics(await openPage(metrics)));
  const one = Object.entries(exemplars).filter(([series]) => series.startsWith("one:latest "));
  const expected = {
    "ollama_response_seconds_bucket 5.0": 3.5,
    "ollama_response_seconds_bucket +Inf": 9999,
    "ollama_time_to_first_token_seconds_bucket 0.25": 0.125,
    "ollama_time_per_output_token_seconds_bucket 0.05": 0.05,
    "ollama_queue_duration_seconds_bucket 1.0": 0.875,
    "ollama_queue_duration_seconds_bucket 0.005": 0,
    "ollama_load_duration_seconds_bucket 0.1": 0.1,
    "ollama_load_duration_seconds_bucket 0.01": 1e-9,
    "ollama_prompt_eval_duration_seconds_bucket 0.025": 0.025,
    "ollama_eval_duration_seconds_bucket 2.5": 2.5,
  };
  expect(Object.fromEntries(one)).toEqual(
    Object.fromEntries(
      Object.entries(expected).map(([series, value]) => [
        `one:latest ${series}`,
        `${TRACE} ${value}`,
      ]),
    ),
  );
  expect(Object.keys(exemplars).some((series) => series.startsWith("unknown "))).toBe(true);
  expect((await metrics.exposition()).text).not.toContain(TRACE);
});

test("a later trace takes a bucket's place, and a request without one leaves it", async () => {
  const metrics = created();
  fill(metrics, TRACE);
  fill(metrics);
  expect(await openPage(metrics)).toContain(TRACE);
  fill(metrics, LATER);
  const page = await openPage(metrics);
  expect(page).toContain(LATER);
  expect(page).not.toContain(TRACE);
});

test("without a trace no sample has an exemplar", async () => {
  const metrics = created();
  fill(metrics);
  expect(exemplarsOf(checkOpenMetrics(await openPage(metrics)))).toEqual({});
});

test("exemplars are forgotten with their series", async () => {
  let now = 0;
  const metrics = created(() => now);
  fill(metrics, TRACE);
  expect(await openPage(metrics)).toMatch(new RegExp(`model="two:latest"} .*${TRACE}`));
  now += HOUR_MS;
  expect(await openPage(metrics)).not.toContain("two:latest");
  fill(metrics);
  const page = await openPage(metrics);
  checkOpenMetrics(page);
  expect(page).toContain('ollama_response_seconds_count{model="two:latest"} 2');
  expect(page).not.toMatch(new RegExp(`model="two:latest"} .*${TRACE}`));
});
