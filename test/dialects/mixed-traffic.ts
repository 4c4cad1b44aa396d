import { expect } from "bun:test";
import { startSimulatedOllama } from "../../scripts/simulated-ollama/server.ts";
import type { CountedPath, Tally } from "../../scripts/simulated-ollama/tally.ts";
import { APIS } from "../../src/apis.ts";
import { type Samples, scrape } from "../support/exposition.ts";
import { type Proxy, startProxy } from "../support/proxy.ts";

export const REQUESTS = 400;
const AT_ONCE = 20;

const EMBEDDER = "nomic-embed-text";
const stream = true;
const stream_options = { include_usage: true };

type Ask = readonly [path: CountedPath, body: object];

/** 5 % chat, 5 % embed and 90 % `/v1`, of which the chats with llama3.2 do not ask for their usage. */
function askOf(index: number): Ask {
  const text = `Tell me something about the number ${index}.`;
  const messages = [{ role: "user", content: text }];
  const model = index % 3 === 0 ? "qwen3:8b" : "llama3.2";
  const v1: readonly Ask[] = [
    ["/v1/chat/completions", { model: "llama3.2", messages, stream }],
    ["/v1/chat/completions", { model: "llama3.2", messages, stream }],
    ["/v1/chat/completions", { model: "qwen3:8b", messages, stream, stream_options }],
    ["/v1/completions", { model, prompt: text, max_tokens: 9, stream, stream_options }],
    ["/v1/responses", { model, input: text }],
    ["/v1/embeddings", { model: EMBEDDER, input: [text, text] }],
    ["/v1/messages", { model, messages, max_tokens: 30, stream }],
  ];
  if (index % 20 === 0) return ["/api/chat", { model, messages }];
  if (index % 20 === 10) return ["/api/embed", { model: EMBEDDER, input: text }];
  return v1[index % v1.length] as Ask;
}

/** Paths whose requests are all streamed. */
export const STREAMED: ReadonlySet<CountedPath> = new Set([
  "/v1/chat/completions",
  "/v1/completions",
  "/v1/messages",
  "/api/chat",
]);

async function drive(proxy: Proxy): Promise<void> {
  let next = 0;
  const client = async (): Promise<void> => {
    while (next < REQUESTS) {
      const [path, body] = askOf(next++);
      const answer = await fetch(proxy.url + path, { method: "POST", body: JSON.stringify(body) });
      expect([path, answer.status]).toEqual([path, 200]);
      await answer.arrayBuffer();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, client));
  await proxy.endings(REQUESTS);
}

/** Drives the whole mix; gives what the page says, and what the upstream did. */
export async function mixedTraffic(): Promise<{
  readonly tally: Tally;
  readonly samples: Samples;
}> {
  await using started = new AsyncDisposableStack();
  const upstream = startSimulatedOllama({ pace: 0 });
  started.defer(upstream.stop);
  const proxy = started.use(await startProxy(upstream.url, { observe: APIS }));
  await drive(proxy);
  return { tally: upstream.tally, samples: await scrape(proxy.url) };
}
