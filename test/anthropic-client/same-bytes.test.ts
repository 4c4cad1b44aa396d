import { test } from "bun:test";
import Anthropic from "@anthropic-ai/sdk";
import { APIS } from "../../src/apis.ts";
import { startProxy } from "../support/proxy.ts";
import { startRawUpstream } from "../support/raw-upstream.ts";
import { recordingOf } from "../support/replay.ts";
import { keepSentRequests } from "../support/sent-requests.ts";

const ask = {
  model: "chatty",
  max_tokens: 12,
  messages: [{ role: "user" as const, content: "Why is the sky blue? 空" }],
};

const CALLS: readonly (readonly [string, (client: Anthropic) => Promise<unknown>])[] = [
  ["anthropic-messages", (client) => client.messages.create(ask)],
  ["anthropic-messages-stream", (client) => client.messages.stream(ask).finalMessage()],
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
  await call(new Anthropic({ baseURL: proxy.url, ...options }));

  await sent.expectSeenBy(upstream);
});
