import { afterAll, expect } from "bun:test";
import type { ChatResponse } from "ollama";
import {
  type SimulatedOllama,
  startSimulatedOllama,
} from "../../scripts/simulated-ollama/server.ts";
import { chatSeries } from "../support/chat-series.ts";
import { buildBinary, startExporter } from "../support/exporter.ts";
import { knownChats } from "../support/known-chats.ts";
import { query, untilValue } from "../support/prometheus-query.ts";
import { startPrometheus } from "../support/prometheus.ts";
import { testWith } from "../support/test-with.ts";

const test = testWith("prometheus");

/** The binary as a proxy with metrics, and again with its metrics on a listener of their own. */
interface Scraped {
  readonly prometheus: string;
  /** Of the binary whose metrics are where its clients are: the job `together`. */
  readonly exporter: string;
  readonly upstream: SimulatedOllama;
  readonly answers: readonly ChatResponse[];
  /** Of the other, whose jobs are `metrics` and `clients`. */
  readonly upstreamApart: SimulatedOllama;
}

// One Prometheus for all tests, since it is in no hurry to begin; started by the first that runs.
const running = new AsyncDisposableStack();
let scraping: Promise<Scraped> | undefined;
const scraped = (): Promise<Scraped> => (scraping ??= startAll());

afterAll(() => running.disposeAsync());

async function startAll(): Promise<Scraped> {
  await buildBinary();
  const upstream = startOllama();
  const exporter = await startBinary(upstream);
  const answers = await knownChats(exporter.url, "the sky");

  const upstreamApart = startOllama();
  const apart = await startBinary(upstreamApart, "--metrics-listen", "127.0.0.1:0");
  const [, metrics = ""] = await apart.says(/point Prometheus at http:\/\/(\S+)\/metrics/);
  const answersApart = await knownChats(apart.url, "the sea");

  const together = new URL(exporter.url).host;
  const clients = new URL(apart.url).host;
  const prometheus = running.use(await startPrometheus({ together, metrics, clients }));
  await untilValue(prometheus.url, responses("together"), answers.length);
  await untilValue(prometheus.url, responses("metrics"), answersApart.length);
  return {
    prometheus: prometheus.url,
    exporter: exporter.url,
    upstream,
    answers,
    upstreamApart,
  };
}

function startOllama(): SimulatedOllama {
  const upstream = startSimulatedOllama({ pace: 0 });
  running.defer(upstream.stop);
  return upstream;
}

async function startBinary({ url }: SimulatedOllama, ...args: readonly string[]) {
  return running.use(await startExporter({ target: "binary", upstream: url, args }));
}

/** The number of answers that a job has told of. */
function responses(job: string): string {
  return `sum(ollama_response_seconds_count{job="${job}"})`;
}

/** Expects Prometheus to know of a job what the upstream did. */
async function expectTally(url: string, job: string, { tally }: SimulatedOllama): Promise<void> {
  for (const [series, expected] of Object.entries(chatSeries(tally))) {
    const { "": value = NaN } = await query(url, `sum(${series.replace("{", `{job="${job}",`)})`);
    expect(value, series).toBeCloseTo(expected, 6);
  }
}

const BUCKETS = 'sum by (le) (ollama_response_seconds_bucket{job="together"})';

test("Prometheus reads from the binary what the upstream did", async () => {
  const { prometheus, upstream } = await scraped();
  expect(await query(prometheus, 'sum by (job) (up{job="together"})')).toEqual({ together: 1 });
  const build = 'sum by (runtime) (ollama_exporter_build_info{job="together"})';
  expect(await query(prometheus, build)).toEqual({ [`bun ${Bun.version}`]: 1 });
  await expectTally(prometheus, "together", upstream);
});

test("Prometheus finds each answer in its bucket", async () => {
  const { prometheus, answers } = await scraped();
  const times = answers.map(({ total_duration }) => total_duration / 1e9);
  const buckets = Object.entries(await query(prometheus, BUCKETS)).map(
    ([bound, count]) => [bound === "+Inf" ? Infinity : Number(bound), count] as const,
  );
  expect(buckets).toHaveLength(15);
  for (const [bound, count] of buckets) {
    expect([bound, count]).toEqual([bound, times.filter((time) => time <= bound).length]);
  }

  // Of six answers, the third: the quantile lies within its bucket.
  const median = times.toSorted((a, b) => a - b)[2] ?? NaN;
  const bounds = buckets.map(([bound]) => bound).toSorted((a, b) => a - b);
  const { "": quantile = NaN } = await query(prometheus, `histogram_quantile(0.5, ${BUCKETS})`);
  expect(quantile).toBeGreaterThan(bounds.findLast((bound) => bound < median) ?? 0);
  expect(quantile).toBeLessThanOrEqual(bounds.find((bound) => bound >= median) ?? NaN);
});

test("Prometheus scrapes --metrics-listen while the clients' address has no metrics", async () => {
  const { prometheus, upstreamApart } = await scraped();
  await untilValue(prometheus, 'count(up{job="clients"})', 1);
  const up = 'sum by (job) (up{job!="together"})';
  expect(await query(prometheus, up)).toEqual({ metrics: 1, clients: 0 });
  await expectTally(prometheus, "metrics", upstreamApart);
});

test("Prometheus sees further chats as a rate for each model", async () => {
  const { prometheus, exporter, upstream, answers } = await scraped();
  const more = await knownChats(exporter, "the moon");
  await untilValue(prometheus, responses("together"), answers.length + more.length);
  await expectTally(prometheus, "together", upstream);
  const rates = await query(
    prometheus,
    'sum by (model) (rate(ollama_tokens_generated_total{job="together"}[5m]))',
  );
  expect(Object.keys(rates).toSorted()).toEqual(["llama3.2:latest", "qwen3:8b"]);
  for (const rate of Object.values(rates)) expect(rate).toBeGreaterThan(0);
});
