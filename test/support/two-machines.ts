import { DEFAULT_MODELS } from "../../scripts/simulated-ollama/default-models.ts";
import {
  type SimulatedOllama,
  startSimulatedOllama,
} from "../../scripts/simulated-ollama/server.ts";
import { startExporter } from "./exporter.ts";
import { query, untilValue } from "./prometheus-query.ts";
import { startPrometheus } from "./prometheus.ts";
import { askFor, type TimedAnswer } from "./timed-answers.ts";

export interface Machine {
  readonly ollama: SimulatedOllama;
  readonly exporter: string;
  /** The label. */
  readonly instance: string;
  /** It brings the histograms. */
  readonly first: TimedAnswer;
  /** All the others. */
  readonly answers: readonly TimedAnswer[];
  /** Unix seconds of its last scrape. */
  readonly time: number;
}

export interface TwoMachines extends AsyncDisposable {
  readonly prometheus: string;
  readonly fast: Machine;
  readonly slow: Machine;
  /** Unix seconds of the last scrape of either. */
  readonly time: number;
}

const MODEL = "llama3.2:latest";
const [LLAMA] = DEFAULT_MODELS;
const MODELS = [{ ...LLAMA, speed: { ...LLAMA.speed, promptToken: 20 } }];

/** Many more of the fast one, so that the slow one's are its last in twenty. */
const [FAST, SLOW] = [
  { pace: 0.02, asks: 24 },
  { pace: 0.3, asks: 8 },
];

/** Two machines with an Ollama and an exporter each, asked until one Prometheus knows of it. */
export async function observeTwoMachines(): Promise<TwoMachines> {
  await using started = new AsyncDisposableStack();
  const start = async ({ pace }: { readonly pace: number }) => {
    const ollama = startSimulatedOllama({ pace, models: MODELS });
    started.defer(ollama.stop);
    // Before, so that the first answer is like the others.
    await load(ollama.url);
    const { url } = started.use(await startExporter({ upstream: ollama.url, args: [] }));
    return { ollama, exporter: url, instance: new URL(url).host };
  };
  const machines = [await start(FAST), await start(SLOW)] as const;
  const targets = machines.map(({ instance }) => instance);
  const { url: prometheus } = started.use(await startPrometheus({ ollama: targets }));
  await untilValue(prometheus, `count(ollama_requests_total{model="${MODEL}"} == 0)`, 2);
  const firsts = [await ask(machines[0].exporter), await ask(machines[1].exporter)] as const;
  await untilValue(prometheus, "sum(ollama_response_seconds_count)", 2);

  const [fast, slow] = machines;
  const answers = await Promise.all([
    asked(fast.exporter, FAST.asks),
    asked(slow.exporter, SLOW.asks),
  ]);
  const all = 2 + FAST.asks + SLOW.asks;
  await untilValue(prometheus, "sum(ollama_responses_finished_total)", all);
  const times = await query(prometheus, "max by (instance) (timestamp(up))");
  const running = started.move();
  return {
    prometheus,
    fast: { ...fast, first: firsts[0], answers: answers[0], time: times[fast.instance] ?? NaN },
    slow: { ...slow, first: firsts[1], answers: answers[1], time: times[slow.instance] ?? NaN },
    time: Math.max(...Object.values(times)),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

async function load(url: string): Promise<void> {
  const body = JSON.stringify({ model: MODEL });
  await (await fetch(`${url}/api/generate`, { method: "POST", body })).text();
}

function ask(url: string): Promise<TimedAnswer> {
  return askFor(url, { model: MODEL, path: "/api/chat", stream: true });
}

async function asked(url: string, times: number): Promise<TimedAnswer[]> {
  const answers: TimedAnswer[] = [];
  while (answers.length < times) answers.push(await ask(url));
  return answers;
}
