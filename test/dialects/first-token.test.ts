import { describe, expect, test } from "bun:test";
import { IN_ONE_PIECE, readChat, STREAMED } from "../support/findings.ts";

const line = (message: string): string => `{"model":"m","message":${message},"done":false}\n`;

describe("the first token of a stream is a message", () => {
  test.each([
    ["with content", '{"role":"assistant","content":"a"}'],
    ["with content of one space", '{"role":"assistant","content":" "}'],
    ["with thinking", '{"role":"assistant","content":"","thinking":"a"}'],
    ["with a tool call", '{"content":"","tool_calls":[{"function":{"name":"f"}}]}'],
  ])("%s", async (_, message) => {
    expect((await readChat([line(message)])).findings).toEqual(["first token"]);
  });

  test.each([
    ["with nothing", '{"role":"assistant","content":""}'],
    ["with empty thinking", '{"content":"","thinking":""}'],
    ["whose content is no string", '{"content":5}'],
    ["with an empty list of tool calls", '{"content":"","tool_calls":[]}'],
    ["that is null", "null"],
    ["that is a list", '[{"content":"a"}]'],
  ])("not one %s", async (_, message) => {
    expect((await readChat([line(message)])).findings).toEqual([]);
  });
});

test("a first token is told once", async () => {
  const text = line('{"content":"","thinking":"a"}') + line('{"content":"a"}').repeat(3);
  expect((await readChat([text])).findings).toEqual(["first token"]);
});

test("a first token comes after lines without any", async () => {
  const text = line('{"content":""}') + line("null") + line('{"content":"a"}');
  expect((await readChat([text])).findings).toEqual(["first token"]);
});

test("a first token may stand in the final object, and is told before it", async () => {
  const text = '{"message":{"content":"a"},"done":true,"eval_count":1}\n';
  expect((await readChat([text])).findings).toEqual(["first token", { generatedTokens: 1 }]);
});

test("a first token is told of a stream whose type has parameters", async () => {
  const contentType = `${STREAMED}; charset=utf-8`;
  const { findings } = await readChat([line('{"content":"a"}')], { contentType });
  expect(findings).toEqual(["first token"]);
});

test.each([IN_ONE_PIECE, "application/json", "text/plain", ""])(
  "a first token is never told of an answer of type %j",
  async (contentType) => {
    const text = line('{"content":"a"}') + '{"message":{"content":"b"},"done":true,"eval_count":1}';
    expect((await readChat([text], { contentType })).findings).toEqual([{ generatedTokens: 1 }]);
  },
);
