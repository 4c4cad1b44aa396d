import { expect } from "bun:test";
import { Ollama } from "ollama";
import type { Model } from "../../scripts/simulated-ollama/model.ts";
import {
  type SimulatedOllama,
  startSimulatedOllama,
} from "../../scripts/simulated-ollama/server.ts";
import { type Proxy, startProxy } from "./proxy.ts";

/** Two simulated Ollamas that answer alike, and the official client for each. */
export interface Twins extends AsyncDisposable {
  /** In front of `upstream`. */
  readonly proxy: Proxy;
  /** What the exporter forwards to; its tally is the truth about the metrics. */
  readonly upstream: SimulatedOllama;
  /** Talks through the exporter. */
  readonly client: Ollama;
  /**
   * Makes a call through the exporter and straight to the other Ollama, and expects the same result
   * or the same error from both but for points in time. Gives what came through the exporter.
   */
  alike<T>(call: (client: Ollama) => Promise<T>): Promise<T>;
}

export async function startTwins(models?: readonly Model[]): Promise<Twins> {
  const options = { pace: 0, ...(models && { models }) };
  await using started = new AsyncDisposableStack();
  const upstream = startSimulatedOllama(options);
  started.defer(upstream.stop);
  const other = startSimulatedOllama(options);
  started.defer(other.stop);
  const proxy = started.use(await startProxy(upstream.url));
  const client = new Ollama({ host: proxy.url });
  const straight = new Ollama({ host: other.url });
  const running = started.move();
  return {
    proxy,
    upstream,
    client,
    async alike(call) {
      const [through, direct] = await Promise.allSettled([call(client), call(straight)]);
      expect(outcome(through)).toEqual(outcome(direct));
      if (through.status === "rejected") throw through.reason;
      return through.value;
    },
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  };
}

/** Points in time; at pace 0 durations are the nominal ones and the same. */
const TIMES: ReadonlySet<string> = new Set(["created_at", "modified_at", "expires_at"]);

/** What can be compared of a result or an error, which keeps its status beside its message. */
function outcome(settled: PromiseSettledResult<unknown>): unknown {
  if (settled.status === "rejected") {
    const { name, message, ...rest } = settled.reason;
    return { error: { name, message, ...rest } };
  }
  const value = JSON.stringify(settled.value, (key, field) => (TIMES.has(key) ? "then" : field));
  return { value: JSON.parse(value) };
}
