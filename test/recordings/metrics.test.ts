import { expect, test } from "bun:test";
import { type Proxy, startProxy } from "../support/proxy.ts";
import { type Recording, recordings } from "../support/recordings.ts";
import { recordingOf, replay, replayCut } from "../support/replay.ts";
import { type ReplayUpstream, startReplayUpstream } from "../support/replay-upstream.ts";
import { isChat } from "./recorded-chat.ts";
import { expectMeasured, measured, skippedLines } from "./measured.ts";

const chats = recordings().filter(isChat);

/** Bun asks for something else than these two did. */
const others = recordings().filter(
  (recording) => !isChat(recording) && !/^(double-slash|dot-segments)$/.test(recording.name),
);

test("The metrics of all recorded chats are the sums of their final lines", async () => {
  await using upstream = await startReplayUpstream();
  await using proxy = await startProxy(upstream.url);

  await replayAll(proxy, upstream, chats);

  await expectMeasured(proxy.url, chats);
  expect(await skippedLines(proxy.url)).toBe(0);
});

test("The recorded chats are 34 requests of 9 models, and 17 answers tell figures", async () => {
  await using upstream = await startReplayUpstream();
  await using proxy = await startProxy(upstream.url);

  await replayAll(proxy, upstream, chats);

  const series = Object.entries(await measured(proxy.url));
  const family = (name: string): number[] =>
    series.filter(([one]) => one.startsWith(`${name}{`)).map(([, value]) => value);
  const sum = (name: string): number => family(name).reduce((total, value) => total + value, 0);
  expect(family("ollama_requests_total")).toHaveLength(9);
  expect(sum("ollama_requests_total")).toBe(34);
  expect(sum("ollama_response_seconds_count")).toBe(17);
  expect(sum("ollama_tokens_per_second_count")).toBe(15);
  expect(sum("ollama_tokens_processed_total")).toBe(344);
  expect(sum("ollama_tokens_generated_total")).toBe(903);
  expect(Object.fromEntries(series)).toMatchObject({
    'ollama_requests_total{model="chatty:latest"}': 10,
    'ollama_requests_total{model="endless:latest"}': 10,
    'ollama_requests_total{model="unknown"}': 5,
  });
});

test("Nothing is measured of what is not a chat", async () => {
  await using upstream = await startReplayUpstream();
  await using proxy = await startProxy(upstream.url);

  await replayAll(proxy, upstream, others);

  expect(await measured(proxy.url)).toEqual({});
  expect(await skippedLines(proxy.url)).toBe(0);
});

test.each([
  "chat-load",
  "chat-unload",
  "chat-not-found",
  "chat-busy",
  "chat-runner-died",
  "chat-nonstream-runner-died",
  "chat-bad-json",
  "chat-empty-body",
  "chat-no-model",
  "chat-wrong-type",
  "host-foreign-chat",
])("The chat %s counts no figures", async (name) => {
  await using upstream = await startReplayUpstream();
  await using proxy = await startProxy(upstream.url);

  await replayAll(proxy, upstream, [recordingOf(name)]);

  const counted = Object.entries(await measured(proxy.url)).filter(([, value]) => value !== 0);
  expect(counted.map(([series]) => series.replace(/\{.*/, "")).filter(isFigure)).toEqual([]);
});

/** All but what counts requests and what tells the first token of those that have one. */
function isFigure(name: string): boolean {
  return !/^ollama_(requests?_|responses_|time_to_first_token_)/.test(name);
}

async function replayAll(
  proxy: Proxy,
  upstream: ReplayUpstream,
  all: readonly Recording[],
): Promise<void> {
  for (const recording of all) {
    const step = recording.complete ? replay : replayCut;
    await step(proxy.url, upstream, recording);
  }
  await proxy.endings(all.length);
  expect(upstream.mismatches).toEqual([]);
  expect(upstream.visits).toHaveLength(all.length);
}
