import { expect, test } from "bun:test";

import { startSimulatedOllama } from "../../scripts/simulated-ollama/server.ts";
import { RECORDED_MODELS } from "./recorded-models.ts";
import { type Answer, recordedAnswer, replay } from "./recording.ts";

const SAME_SHAPE = [
  "version tags ps-empty chat-load chat-unload chat-keep-forever generate-load",
  "chat-stream chat-stream-stop chat-nonstream chat-nonstream-large chat-thinking",
  "chat-thinking-off chat-tools chat-tools-nonstream chat-one-token",
  "chat-model-tag chat-model-case generate-stream generate-nonstream embed embed-one",
  "embeddings-old openai-chat openai-chat-stream openai-chat-stream-usage openai-models",
  "openai-chat-tools-stream openai-chat-reasoning-stream openai-embeddings",
  "openai-completions openai-completions-stream openai-responses openai-responses-stream",
  "anthropic-messages anthropic-messages-stream anthropic-messages-tools-stream",
  "anthropic-thinking-stream anthropic-not-found",
].flatMap((names) => names.split(" "));

const SAME_BYTES = [
  "root-get root-head blob-head-missing blob-bad-digest chat-not-found chat-no-model",
  "chat-bad-json chat-empty-body chat-wrong-type chat-get chat-tools-unsupported",
  "chat-think-unsupported generate-not-found show-not-found delete-not-found not-found",
  "method-not-allowed openai-chat-not-found copy",
].flatMap((names) => names.split(" "));

test.each(SAME_SHAPE)("the answer to %s has the recording's headers and fields", async (name) => {
  const [recorded, simulated] = await both(name);
  expect(simulated.status).toBe(recorded.status);
  expect(withoutDates(simulated)).toEqual(withoutDates(recorded));
  expect(shapes(simulated)).toEqual(shapes(recorded));
  expect(simulated.body.endsWith("\n")).toBe(recorded.body.endsWith("\n"));
});

test.each(SAME_BYTES)("the answer to %s is the recording's but for the date", async (name) => {
  const [recorded, simulated] = await both(name);
  const undated = { ...simulated, headers: simulated.headers.filter(([key]) => key !== "Date") };
  const headers = recorded.headers.filter(([key]) => key !== "Date");
  expect(undated).toEqual({ ...recorded, headers });
});

test("chat-stream gets one chunk for each of its 48 tokens and one for the end", async () => {
  const [, simulated] = await both("chat-stream");
  expect(simulated.chunks.length).toBe(48 + 1);
  expect(simulated.chunks.every((chunk) => /^[^\n]+\n$/.test(chunk))).toBe(true);
});

test("openai-chat-stream-usage gets the end in one chunk", async () => {
  const [recorded, simulated] = await both("openai-chat-stream-usage");
  expect(simulated.chunks.length).toBe(recorded.chunks.length);
  expect(simulated.chunks.at(-1)).toEndWith("data: [DONE]\n\n");
});

test("ps-loaded after a chat has the recording's fields", async () => {
  const ollama = startSimulatedOllama({ pace: 0, models: RECORDED_MODELS });
  await replay("chat-load", ollama.port);
  const simulated = await replay("ps-loaded", ollama.port);
  await ollama.stop();
  expect(shapes(simulated)).toEqual(shapes(await recordedAnswer("ps-loaded")));
});

async function both(name: string): Promise<[recorded: Answer, simulated: Answer]> {
  const ollama = startSimulatedOllama({ pace: 0, models: RECORDED_MODELS });
  try {
    return [await recordedAnswer(name), await replay(name, ollama.port)];
  } finally {
    await ollama.stop();
  }
}

/** Names in order; the values of the date and of the length are the answer's own. */
function withoutDates({ headers }: Answer): (readonly [string, string])[] {
  return headers.map(([name, value]) => [name, /^(Date|Content-Length)$/.test(name) ? "" : value]);
}

/** The different kinds of lines, in order of their first appearance. */
function shapes({ body }: Answer): string[] {
  const lines = body.split("\n").filter((line) => line !== "" && !/^event: |\[DONE\]$/.test(line));
  const kinds = lines.map((line) => shape(JSON.parse(line.replace(/^data: /, ""))));
  return [...new Set(kinds)];
}

/** Names of fields in their order and types of values; of a list its first element. */
function shape(value: unknown): string {
  if (Array.isArray(value)) return `[${value.length > 0 ? shape(value[0]) : ""}]`;
  if (typeof value !== "object" || value === null) return value === null ? "null" : typeof value;
  const fields = Object.entries(value).map(([name, field]) => `${name}:${shape(field)}`);
  return `{${fields.join()}}`;
}
