import { describe, expect, test } from "bun:test";
import { JSON_TYPE, toldOf } from "./read-answer.ts";

const CHAT = "/v1/chat/completions";
const COMPLETIONS = "/v1/completions";

const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const chunk = (delta: unknown): string => event({ choices: [{ delta, finish_reason: null }] });
const DONE = "data: [DONE]\n\n";

describe("the first token of a streamed chat is a delta", () => {
  test.each([
    ["with content", { content: "a" }],
    ["with a space", { content: " " }],
    ["with reasoning", { content: "", reasoning: "a" }],
    ["with a tool call", { content: "", tool_calls: [{ function: { name: "f" } }] }],
  ])("%s", async (_, delta) => {
    expect(await toldOf(CHAT, chunk(delta).repeat(3))).toEqual(["first token"]);
  });

  test.each([
    ["with nothing", { role: "assistant", content: "" }],
    ["whose content is null", { content: null }],
    ["whose content is no string", { content: 5 }],
    ["that is null", null],
  ])("not one %s", async (_, delta) => {
    expect(await toldOf(CHAT, chunk(delta))).toEqual([]);
  });

  test.each([
    ["no choices", {}],
    ["an empty list of them", { choices: [] }],
    ["choices that are none", { choices: { delta: { content: "a" } } }],
    ["a choice that is null", { choices: [null] }],
  ])("not one with %s", async (_, value) => {
    expect(await toldOf(CHAT, event(value))).toEqual([]);
  });
});

test("the first token of a streamed completion is a choice with text", async () => {
  const [empty, spoken] = ["", "a"].map((text) => event({ choices: [{ text }] }));
  expect(await toldOf(COMPLETIONS, `${empty}`)).toEqual([]);
  expect(await toldOf(COMPLETIONS, `${empty}${spoken}${spoken}`)).toEqual(["first token"]);
});

describe.each([CHAT, COMPLETIONS])("%s tells why an answer ended in Ollama's words", (path) => {
  test.each([
    ["stop", "stop"],
    ["length", "length"],
    ["tool_calls", "stop"],
    ["function_call", "stop"],
    ["content_filter", "content_filter"],
    ["constructor", "constructor"],
  ])("%s as %s", async (finish_reason, doneReason) => {
    const choices = [{ finish_reason }];
    expect(await toldOf(path, event({ choices }) + DONE)).toEqual([{ doneReason }]);
    expect(await toldOf(path, JSON.stringify({ choices }), JSON_TYPE)).toEqual([{ doneReason }]);
  });

  test.each([null, 5, true, { stop: true }])("but not %j", async (finish_reason) => {
    const choices = [{ finish_reason }];
    expect(await toldOf(path, event({ choices }) + DONE)).toEqual([{}]);
    expect(await toldOf(path, JSON.stringify({ choices }), JSON_TYPE)).toEqual([{}]);
  });
});

describe.each([CHAT, COMPLETIONS])("%s tells tokens", (path) => {
  test.each([
    [
      "that it has",
      { prompt_tokens: 3, completion_tokens: 7 },
      { promptTokens: 3, generatedTokens: 7 },
    ],
    [
      "that were cached",
      { prompt_tokens: 3, prompt_tokens_details: { cached_tokens: 2 } },
      { promptTokens: 3, cachedTokens: 2 },
    ],
    [
      "of which it says that none were cached",
      { prompt_tokens: 3, prompt_tokens_details: { cached_tokens: 0 } },
      { promptTokens: 3, cachedTokens: 0 },
    ],
    ["but no zeros, which stand for unknown", { prompt_tokens: 0, completion_tokens: 0 }, {}],
    ["but nothing that is no number", { prompt_tokens: "3", completion_tokens: null }, {}],
    ["but nothing below zero", { prompt_tokens: -3, completion_tokens: -7 }, {}],
    ["but nothing of what is no usage", [3, 7], {}],
  ])("%s", async (_, usage, answer) => {
    expect(await toldOf(path, event({ choices: [], usage }) + DONE)).toEqual([answer]);
    expect(await toldOf(path, JSON.stringify({ choices: [], usage }), JSON_TYPE)).toEqual([answer]);
  });

  test("once, of the last event that has any", async () => {
    const zero = { prompt_tokens: 0, completion_tokens: 0 };
    const before = event({ choices: [{ finish_reason: "length" }], usage: zero });
    const last = event({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 7 } });
    expect(await toldOf(path, before + before + last + DONE)).toEqual([
      { doneReason: "length", promptTokens: 3, generatedTokens: 7 },
    ]);
  });
});

test("a chat in one piece never tells a first token", async () => {
  const choices = [{ message: { content: "a" }, finish_reason: "stop" }];
  const text = JSON.stringify({ choices });
  expect(await toldOf(CHAT, text, JSON_TYPE)).toEqual([{ doneReason: "stop" }]);
});
