import { expect } from "bun:test";
import { DEFAULT_MODELS } from "../../scripts/simulated-ollama/default-models.ts";
import {
  type SimulatedOllama,
  startSimulatedOllama,
} from "../../scripts/simulated-ollama/server.ts";
import { startExporter } from "../support/exporter.ts";
import { increases } from "../support/increases.ts";
import { untilValue } from "../support/prometheus-query.ts";
import { type Prometheus, startPrometheus } from "../support/prometheus.ts";
import { testWith } from "../support/test-with.ts";

const test = testWith("prometheus");

const JOB = "ollama";
const MODEL = `job="${JOB}",model="llama3.2:latest"`;

/** Answers until it is told to stop. */
const ENDLESS = { ...DEFAULT_MODELS[0], answerTokens: [Infinity, Infinity] } as const;
const SHORT = { stream: false, options: { num_predict: 8 } };

interface Scraped extends AsyncDisposable {
  readonly exporter: string;
  readonly prometheus: string;
  readonly ollama: SimulatedOllama;
}

/** Ollama, the exporter and a Prometheus that has not heard of a request yet. */
async function startAll(): Promise<Scraped> {
  await using started = new AsyncDisposableStack();
  // One place to run in, so that a second request waits until the first is over.
  const ollama = startSimulatedOllama({ pace: 0.01, parallel: 1, models: [ENDLESS] });
  started.defer(ollama.stop);
  const exporter = started.use(await startExporter({ upstream: ollama.url, args: [] }));
  const prometheus: Prometheus = started.use(
    await startPrometheus({ [JOB]: new URL(exporter.url).host }),
  );
  await untilValue(prometheus.url, `ollama_requests_total{${MODEL}}`, 0);
  const running = started.move();
  return {
    exporter: exporter.url,
    prometheus: prometheus.url,
    ollama,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

function chat(url: string, more: object, signal?: AbortSignal): Promise<Response> {
  const messages = [{ role: "user", content: "Why is the sky blue?" }];
  const body = JSON.stringify({ model: "llama3.2", messages, ...more });
  return fetch(`${url}/api/chat`, { method: "POST", body, ...(signal && { signal }) });
}

test("The first requests that an installed model ever has show in increase() as what they are", async () => {
  await using scraped = await startAll();
  const { exporter, prometheus } = scraped;
  const first = await Promise.all([1, 2, 3].map(() => chat(exporter, SHORT)));
  for (const answer of first) expect(answer.status).toBe(200);

  await untilValue(prometheus, `ollama_requests_total{${MODEL}}`, 3);
  const family = "ollama_requests_total";
  const found = await increases(prometheus, JOB, { family, by: ["model"] });
  expect(found["llama3.2:latest"]).toBe(3);
  expect(Object.values(found).reduce((sum, value) => sum + value, 0)).toBe(3);
});

test("A scrape between the first request and its end is enough to see what became of it", async () => {
  await using scraped = await startAll();
  const { exporter, prometheus, ollama } = scraped;
  const leaving = new AbortController();
  const leaves = await chat(exporter, {}, leaving.signal);
  const waits = chat(exporter, SHORT);
  await untilValue(prometheus, `ollama_requests_in_flight{${MODEL}}`, 2);
  leaving.abort();
  await leaves.text().catch(() => {});
  await (await waits).text();

  await untilValue(prometheus, `sum(ollama_responses_finished_total{${MODEL}})`, 1);
  await untilValue(prometheus, `sum(ollama_request_failures_total{${MODEL}})`, 1);
  const total = async (family: string): Promise<number | undefined> =>
    (await increases(prometheus, JOB, { family, by: ["model"] }))["llama3.2:latest"];
  expect(await total("ollama_requests_total")).toBe(2);
  expect(await total("ollama_responses_finished_total")).toBe(1);
  expect(await total("ollama_request_failures_total")).toBe(1);
  const { promptTokens, generatedTokens } = ollama.tally["/api/chat"]["llama3.2:latest"]!;
  expect(await total("ollama_tokens_processed_total")).toBe(promptTokens);
  expect(await total("ollama_tokens_generated_total")).toBe(generatedTokens);
});
