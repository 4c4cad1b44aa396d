import { describe, expect, test } from "bun:test";
import { IN_ONE_PIECE, STREAMED } from "../support/findings.ts";
import { toldOf } from "./read-answer.ts";

const PATH = "/api/generate";

describe("the first token of a generated stream is a line", () => {
  test.each([
    ["with a response", '{"response":"a","done":false}'],
    ["with thinking", '{"response":"","thinking":"a","done":false}'],
    ["with a tool call", '{"response":"","tool_calls":[{"function":{"name":"f"}}],"done":false}'],
  ])("%s", async (_, line) => {
    expect(await toldOf(PATH, `${line}\n${line}\n`, STREAMED)).toEqual(["first token"]);
  });

  test.each([
    ["with nothing", '{"response":"","done":false}'],
    ["of a chat", '{"message":{"content":"a"},"done":false}'],
    ["that shows progress", '{"response":"","done":false,"completed":3,"total":9}'],
  ])("not one %s", async (_, line) => {
    expect(await toldOf(PATH, `${line}\n`, STREAMED)).toEqual([]);
  });
});

test("a final line with a context of 262,144 tokens is read", async () => {
  const context = Array.from({ length: 262_144 }, (_, token) => token % 128_000);
  const line = JSON.stringify({ response: "", done: true, context, eval_count: 7 });
  expect(await toldOf(PATH, `${line}\n`, STREAMED)).toEqual([{ generatedTokens: 7 }]);
});

test("a generated stream that fails says so", async () => {
  const text = '{"response":"a","done":false}\n{"error":"unexpected EOF"}\n';
  expect(await toldOf(PATH, text, STREAMED)).toEqual(["first token", "failed"]);
});

test("a text that was generated in one piece tells no first token", async () => {
  const text = '{"response":"a","done":true,"eval_count":7}';
  expect(await toldOf(PATH, text, IN_ONE_PIECE)).toEqual([{ generatedTokens: 7 }]);
});
