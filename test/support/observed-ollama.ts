import { DEFAULT_MODELS } from "../../scripts/simulated-ollama/default-models.ts";
import type { Model } from "../../scripts/simulated-ollama/model.ts";
import {
  type SimulatedOllama,
  startSimulatedOllama,
} from "../../scripts/simulated-ollama/server.ts";
import type { Counts } from "../../scripts/simulated-ollama/tally.ts";
import { startExporter } from "./exporter.ts";
import { lastScrape } from "./increases.ts";
import { untilValue } from "./prometheus-query.ts";
import { startPrometheus } from "./prometheus.ts";
import { askBody, askFor, type TimedAnswer } from "./timed-answers.ts";

/** What a Prometheus knows of an hour of Ollama's, and what there was to know. */
export interface ObservedOllama extends AsyncDisposable {
  readonly prometheus: string;
  readonly exporter: string;
  readonly ollama: SimulatedOllama;
  /** Unix seconds of the last scrape. */
  readonly time: number;
  /** All but the first of each model, which brings the histograms. */
  readonly answers: readonly TimedAnswer[];
}

/** It answers until it is told to stop, and takes its time to load: 0.05 of these milliseconds. */
function endless(model: Model, coldLoad: number): Model {
  return { ...model, speed: { ...model.speed, coldLoad }, answerTokens: [Infinity, Infinity] };
}

const [FIRST, SECOND = FIRST] = DEFAULT_MODELS;
const MODELS = [endless(FIRST, 12_000), endless(SECOND, 14_000)];
export const BOTH = ["llama3.2:latest", "qwen3:8b"] as const;
export const [LLAMA, QWEN] = BOTH;

const CLIENTS = 3;
const ASKS = 8;

export async function observeOllama(): Promise<ObservedOllama> {
  await using started = new AsyncDisposableStack();
  const ollama = startSimulatedOllama({ pace: 0.05, parallel: 2, models: MODELS });
  started.defer(ollama.stop);
  const args = ["--observe", "chat,generate"];
  const exporter = started.use(await startExporter({ upstream: ollama.url, args }));
  const { url } = exporter;
  const prometheus = started.use(await startPrometheus({ ollama: new URL(url).host })).url;
  await untilValue(prometheus, "count(ollama_requests_total == 0)", MODELS.length + 2);

  // Running through the first scrape, so that what becomes of the first requests is an increase.
  const [leaves, stays] = [await hold(url, LLAMA), await hold(url, QWEN)];
  started.defer(stays);
  await untilValue(prometheus, "sum(ollama_requests_in_flight)", 2);
  for (const model of BOTH) await askFor(url, { model, path: "/api/chat", stream: true });
  await untilValue(prometheus, "sum(ollama_time_to_first_token_seconds_count)", 4);

  await leaves();
  const answers = await traffic(url);
  for (let i = 0; i < 2; i++) await refused(url);
  await untilValue(prometheus, "sum(ollama_requests_in_flight)", 1);
  await untilValue(prometheus, "sum(ollama_responses_finished_total)", answers.length + 2);
  // The models that this scrape tells of may have been asked for before the last answer's end.
  const scraped = await lastScrape(prometheus, "ollama");
  await untilValue(prometheus, `max(timestamp(up)) > bool ${scraped}`, 1);
  const time = await lastScrape(prometheus, "ollama");
  const running = started.move();
  return {
    prometheus,
    exporter: url,
    ollama,
    time,
    answers,
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** What happened to a model in both APIs. */
export function countsOf({ tally }: SimulatedOllama, model: string): Counts {
  const [chat, generate] = [tally["/api/chat"][model]!, tally["/api/generate"][model]!];
  const fields = Object.keys(chat) as (keyof Counts)[];
  return Object.fromEntries(
    fields.map((field) => [field, chat[field] + generate[field]]),
  ) as unknown as Counts;
}

/** Begins a chat without an end; what it returns leaves it. */
async function hold(url: string, model: string): Promise<() => Promise<void>> {
  const leaving = new AbortController();
  const { signal } = leaving;
  const messages = [{ role: "user", content: "Tell me a story." }];
  const body = JSON.stringify({ model, messages });
  const answer = await fetch(`${url}/api/chat`, { method: "POST", body, signal });
  const read = answer.arrayBuffer().catch(() => {});
  return async () => {
    leaving.abort();
    await read;
  };
}

async function traffic(url: string): Promise<TimedAnswer[]> {
  const client = async (one: number): Promise<TimedAnswer[]> => {
    const answers: TimedAnswer[] = [];
    for (let i = 0; i < ASKS; i++) {
      const model = (i + one) % 2 === 0 ? LLAMA : QWEN;
      const path = i % 3 === 0 ? "/api/generate" : "/api/chat";
      // Once each is put out of memory, so that the next has to wait for it.
      const keep_alive = one === 0 && (i === 2 || i === 3) ? { keep_alive: 0 } : {};
      answers.push(await askFor(url, { model, path, stream: i % 4 !== 3, ...keep_alive }));
    }
    return answers;
  };
  const all = await Promise.all(Array.from({ length: CLIENTS }, (_, one) => client(one)));
  const stays = { model: LLAMA, path: "/api/chat", stream: true, keep_alive: -1 } as const;
  return [...all.flat(), await askFor(url, stays)];
}

/** A chat that the model cannot have. */
async function refused(url: string): Promise<void> {
  const body = askBody({ model: LLAMA, stream: true }).replace("{", '{"think":true,');
  await (await fetch(`${url}/api/chat`, { method: "POST", body })).text();
}
