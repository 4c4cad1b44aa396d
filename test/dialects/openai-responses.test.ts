import { describe, expect, test } from "bun:test";
import { JSON_TYPE, toldOf } from "./read-answer.ts";

const PATH = "/v1/responses";

const event = (fields: { readonly type: string; readonly [field: string]: unknown }): string =>
  `event: ${fields.type}\ndata: ${JSON.stringify(fields)}\n\n`;
const completed = (response: unknown): string => event({ type: "response.completed", response });

describe("the first token of a streamed response is", () => {
  test.each([
    ["a delta of its text", { type: "response.output_text.delta", delta: "a" }],
    ["a delta of reasoning", { type: "response.reasoning_summary_text.delta", delta: "a" }],
    ["a delta of arguments", { type: "response.function_call_arguments.delta", delta: "{" }],
    ["a call", { type: "response.output_item.added", item: { type: "function_call" } }],
  ])("%s", async (_, fields) => {
    expect(await toldOf(PATH, event(fields).repeat(3))).toEqual(["first token"]);
  });

  test.each([
    ["its creation", { type: "response.created", response: { usage: null, error: null } }],
    ["an empty delta", { type: "response.output_text.delta", delta: "" }],
    ["a delta that is no text", { type: "response.output_text.delta", delta: 5 }],
    [
      "a message without anything",
      { type: "response.output_item.added", item: { type: "message" } },
    ],
    ["an item that is null", { type: "response.output_item.added", item: null }],
    ["a delta of no type", { type: "", delta: "a" }],
  ])("not %s", async (_, fields) => {
    expect(await toldOf(PATH, event(fields))).toEqual([]);
  });
});

describe("a response ends", () => {
  test.each([
    ["completed", { status: "completed" }, { doneReason: "stop" }],
    [
      "completed below its limit",
      { status: "completed", max_output_tokens: 8, usage: { output_tokens: 7 } },
      { doneReason: "stop", generatedTokens: 7 },
    ],
    [
      "completed at its limit, which may be why",
      { status: "completed", max_output_tokens: 8, usage: { output_tokens: 8 } },
      { generatedTokens: 8 },
    ],
    [
      "incomplete at its limit",
      { status: "incomplete", incomplete_details: { reason: "max_output_tokens" } },
      { doneReason: "length" },
    ],
    ["incomplete for another reason", { status: "incomplete", incomplete_details: {} }, {}],
    ["without a status", {}, {}],
  ])("%s", async (_, response, answer) => {
    expect(await toldOf(PATH, completed(response))).toEqual([answer]);
    expect(await toldOf(PATH, JSON.stringify(response), JSON_TYPE)).toEqual([answer]);
  });

  test("incomplete with an event of that name", async () => {
    const response = { status: "incomplete", usage: { input_tokens: 3 } };
    expect(await toldOf(PATH, event({ type: "response.incomplete", response }))).toEqual([
      { promptTokens: 3 },
    ]);
  });

  test.each([
    ["failed with an event of that name", event({ type: "response.failed", response: {} })],
    ["failed with an event about an error", event({ type: "error", message: "x" })],
    ["failed by what a completed one says", completed({ status: "failed" })],
  ])("%s", async (_, text) => {
    expect(await toldOf(PATH, text + completed({}))).toEqual(["failed"]);
  });

  test.each([
    ["its status", { status: "failed", error: null }],
    ["its error", { status: "completed", error: { message: "x" } }],
  ])("failed in one piece, by %s", async (_, response) => {
    expect(await toldOf(PATH, JSON.stringify(response), JSON_TYPE)).toEqual(["failed"]);
  });

  test.each([
    ["that is done", event({ type: "response.done", response: {} })],
    ["in the way of chat completions", "data: [DONE]\n\n"],
    ["by a text that says so", event({ type: "x", delta: '"type":"response.completed"' })],
    ["by an event within an event", event({ type: "x", y: { type: "response.completed" } })],
  ])("and is not one %s", async (_, text) => {
    expect(await toldOf(PATH, text)).toEqual([]);
  });
});

describe("a response's tokens", () => {
  test.each([
    ["are told", { input_tokens: 3, output_tokens: 7 }, { promptTokens: 3, generatedTokens: 7 }],
    [
      "are told with those that were cached",
      { input_tokens: 3, input_tokens_details: { cached_tokens: 2 } },
      { promptTokens: 3, cachedTokens: 2 },
    ],
    [
      "are told without a zero that is always written",
      { input_tokens: 3, input_tokens_details: { cached_tokens: 0 } },
      { promptTokens: 3 },
    ],
    ["are not told where there is no usage", null, {}],
    ["are not told where they are zero", { input_tokens: 0, output_tokens: 0 }, {}],
  ])("%s", async (_, usage, answer) => {
    expect(await toldOf(PATH, completed({ usage }))).toEqual([answer]);
    expect(await toldOf(PATH, JSON.stringify({ usage }), JSON_TYPE)).toEqual([answer]);
  });
});
