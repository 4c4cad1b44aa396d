import Anthropic from "@anthropic-ai/sdk";
import {
  type SimulatedOllama,
  startSimulatedOllama,
} from "../../scripts/simulated-ollama/server.ts";
import type { Model } from "../../scripts/simulated-ollama/model.ts";
import { APIS } from "../../src/apis.ts";
import { type Proxy, startProxy } from "../support/proxy.ts";

/** The official client, which talks to a simulated Ollama through an exporter that measures all. */
export interface Stage extends AsyncDisposable {
  readonly upstream: SimulatedOllama;
  readonly proxy: Proxy;
  readonly client: Anthropic;
}

export async function startStage(models?: readonly Model[]): Promise<Stage> {
  await using started = new AsyncDisposableStack();
  const upstream = startSimulatedOllama({ pace: 0, ...(models && { models }) });
  started.defer(upstream.stop);
  const proxy = started.use(await startProxy(upstream.url, { observe: APIS }));
  const client = new Anthropic({ baseURL: proxy.url, apiKey: "ollama", maxRetries: 0 });
  const running = started.move();
  return { upstream, proxy, client, [Symbol.asyncDispose]: () => running.disposeAsync() };
}
