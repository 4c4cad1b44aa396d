import { test } from "bun:test";
import OpenAI from "openai";
import { APIS } from "../../src/apis.ts";
import { startProxy } from "../support/proxy.ts";
import { startRawUpstream } from "../support/raw-upstream.ts";
import { recordingOf } from "../support/replay.ts";
import { keepSentRequests } from "../support/sent-requests.ts";

const messages = [{ role: "user" as const, content: "Why is the sky blue? 空" }];

const CALLS: readonly (readonly [string, (client: OpenAI) => Promise<unknown>])[] = [
  ["openai-chat", (client) => client.chat.completions.create({ model: "chatty", messages })],
  [
    "openai-chat-stream",
    async (client) =>
      Array.fromAsync(
        await client.chat.completions.create({ model: "chatty", messages, stream: true }),
      ),
  ],
  ["openai-completions", (client) => client.completions.create({ model: "chatty", prompt: "sky" })],
  [
    "openai-responses-stream",
    (client) => client.responses.stream({ model: "chatty", input: "sky" }).finalResponse(),
  ],
  ["openai-embeddings", (client) => client.embeddings.create({ model: "chatty", input: "sky" })],
];

test.each(CALLS)("The upstream sees what the client sent for %s, byte for byte", async (...row) => {
  const [name, call] = row;
  await using upstream = await startRawUpstream(({ socket }) => {
    socket.write(recordingOf(name).response);
  });
  await using proxy = await startProxy(upstream.url, { observe: APIS });
  const sent = keepSentRequests();
  const options = { apiKey: "ollama", maxRetries: 0, fetch: sent.fetch };

  // What was recorded answers another request, which is nothing to the client.
  await call(new OpenAI({ baseURL: `${proxy.url}/v1`, ...options }));

  await sent.expectSeenBy(upstream);
});
