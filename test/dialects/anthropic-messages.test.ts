import { describe, expect, test } from "bun:test";
import { JSON_TYPE, toldOf } from "./read-answer.ts";

const PATH = "/v1/messages";

const event = (fields: { readonly type: string; readonly [field: string]: unknown }): string =>
  `event: ${fields.type}\ndata: ${JSON.stringify(fields)}\n\n`;
const START = event({
  type: "message_start",
  message: { content: [], usage: { input_tokens: 99, output_tokens: 1 } },
});
const STOP = event({ type: "message_stop" });
const delta = (stop_reason: unknown, usage?: unknown): string =>
  event({ type: "message_delta", delta: { stop_reason }, usage });

describe("the first token of a streamed message is", () => {
  test.each([
    ["text", { type: "content_block_delta", delta: { type: "text_delta", text: "a" } }],
    ["thinking", { type: "content_block_delta", delta: { type: "thinking_delta", thinking: "a" } }],
    ["arguments", { type: "content_block_delta", delta: { partial_json: "{" } }],
    [
      "a tool's use",
      { type: "content_block_start", content_block: { type: "tool_use", name: "f" } },
    ],
    ["a block that has text", { type: "content_block_start", content_block: { text: "a" } }],
  ])("%s", async (_, fields) => {
    expect(await toldOf(PATH, START + event(fields).repeat(3))).toEqual(["first token"]);
  });

  test.each([
    ["the start", { type: "message_start", message: {} }],
    ["an empty block", { type: "content_block_start", content_block: { type: "text", text: "" } }],
    ["an empty text", { type: "content_block_delta", delta: { type: "text_delta", text: "" } }],
    ["a ping", { type: "ping" }],
    ["a delta that is null", { type: "content_block_delta", delta: null }],
    ["a signature", { type: "content_block_delta", delta: { signature: "a" } }],
  ])("not %s", async (_, fields) => {
    expect(await toldOf(PATH, START + event(fields))).toEqual([]);
  });
});

describe("a message tells why it ended in Ollama's words", () => {
  test.each([
    ["end_turn", "stop"],
    ["stop_sequence", "stop"],
    ["tool_use", "stop"],
    ["max_tokens", "length"],
    ["refusal", "refusal"],
    ["__proto__", "__proto__"],
  ])("%s as %s", async (stop_reason, doneReason) => {
    expect(await toldOf(PATH, START + delta(stop_reason) + STOP)).toEqual([{ doneReason }]);
    expect(await toldOf(PATH, JSON.stringify({ stop_reason }), JSON_TYPE)).toEqual([
      { doneReason },
    ]);
  });
});

describe("a message's tokens", () => {
  test.each([
    ["are told", { input_tokens: 3, output_tokens: 7 }, { promptTokens: 3, generatedTokens: 7 }],
    [
      "are told together with those that were cached, which the others leave out",
      { input_tokens: 3, cache_read_input_tokens: 20, output_tokens: 7 },
      { promptTokens: 23, cachedTokens: 20, generatedTokens: 7 },
    ],
    [
      "are told where all were cached",
      { input_tokens: 0, cache_read_input_tokens: 20 },
      { promptTokens: 20, cachedTokens: 20 },
    ],
    [
      "are told where none were cached",
      { input_tokens: 3, cache_read_input_tokens: 0 },
      { promptTokens: 3, cachedTokens: 0 },
    ],
    ["are not told where they are zero", { input_tokens: 0, output_tokens: 0 }, {}],
    ["are not told where they are no numbers", { input_tokens: "3", output_tokens: [7] }, {}],
    ["are not told where there is no usage", undefined, {}],
  ])("%s", async (_, usage, answer) => {
    expect(await toldOf(PATH, START + delta(null, usage) + STOP)).toEqual([answer]);
    expect(await toldOf(PATH, JSON.stringify({ usage }), JSON_TYPE)).toEqual([answer]);
  });

  test("are those of the end, the start's are an estimate", async () => {
    expect(await toldOf(PATH, START + delta("end_turn", { output_tokens: 7 }) + STOP)).toEqual([
      { doneReason: "stop", generatedTokens: 7 },
    ]);
    expect(await toldOf(PATH, START + STOP)).toEqual([{}]);
  });
});

test.each([
  ["an event about an error", event({ type: "error", error: { type: "api_error" } })],
  ["one without any details", event({ type: "error" })],
  ["data without an event's name", `data: {"type":"error","error":{"type":"x"}}\n\n`],
])("a message fails by %s", async (_, text) => {
  expect(await toldOf(PATH, START + text + STOP)).toEqual(["failed"]);
});

test("a message in one piece fails by its error", async () => {
  const text = JSON.stringify({ type: "error", error: { type: "overloaded_error" } });
  expect(await toldOf(PATH, text, JSON_TYPE)).toEqual(["failed"]);
});

test("a message does not end before it says so", async () => {
  const text = START + delta("end_turn", { input_tokens: 3, output_tokens: 7 });
  expect(await toldOf(PATH, text)).toEqual([]);
  expect(await toldOf(PATH, `${text}data: [DONE]\n\n`)).toEqual([]);
});
