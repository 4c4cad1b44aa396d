import { describe, expect, test } from "bun:test";
import { createTextSink } from "../../src/dialects/text-sink.ts";
import {
  chatDialect,
  type Finding,
  IN_ONE_PIECE,
  readChat,
  STREAMED,
} from "../support/findings.ts";

const told = async (...chunks: (string | Uint8Array)[]): Promise<readonly Finding[]> =>
  (await readChat(chunks)).findings;

const FINAL = '{"done":true,"eval_count":7}';
const SPOKEN = '{"message":{"content":"a"},"done":false}';
const ANSWER = { generatedTokens: 7 };

describe("only an object whose done is true is an answer", () => {
  test.each([
    ["done is false", '{"done":false,"eval_count":7}'],
    ["done is missing", '{"eval_count":7}'],
    ["done is a string", '{"done":"true"}'],
    ["done is 1", '{"done":1}'],
    ["it stands in a string", String.raw`{"model":"m","x":"{\"done\":true}","done":false}`],
    ["it stands in a nested object", '{"x":{"done":true,"eval_count":7},"done":false}'],
    ["it stands in a nested list", '{"a":[{"done":true}]}'],
    [
      "it stands in a tool call's arguments",
      '{"message":{"content":"","tool_calls":[{"function":{"name":"f","arguments":{"done":true}}}]},"done":false}',
    ],
  ])("not where %s", async (_, line) => {
    expect((await told(`${line}\n`)).filter((finding) => finding !== "first token")).toEqual([]);
  });

  test.each([
    ["spaces after the colon", '{"done":   true,"eval_count":7}'],
    ["spaces before the colon", '{"done" :true,"eval_count":7}'],
    ["tabs around the colon", '{"done"\t:\ttrue,"eval_count":7}'],
    ["spaces around everything", '  { "eval_count" : 7 , "done" : true }  '],
    ["done at the end", '{"eval_count":7,"done":true}'],
    ["a nested one before it", '{"x":{"done":true},"done":true,"eval_count":7}'],
    ["a string that says otherwise", String.raw`{"x":"\"done\":false","done":true,"eval_count":7}`],
  ])("also with %s", async (_, line) => {
    expect(await told(`${line}\n`)).toEqual([ANSWER]);
    expect(await told(`${SPOKEN}\n${line}\n`)).toEqual(["first token", ANSWER]);
  });
});

test("the first final object alone is told", async () => {
  expect(await told(`${FINAL}\n{"done":true,"eval_count":8}\n`)).toEqual([ANSWER]);
});

test("a line that comes after the final object is not complained about", async () => {
  expect(await told(`${FINAL}\n{"done":true,\n`)).toEqual([ANSWER]);
});

test.each([
  ["cut", '{"done":true,"eval_count":'],
  ["followed by something else", `${FINAL} x`],
  ["two objects", `${FINAL}${FINAL}`],
  ["preceded by something else", `data: ${FINAL}`],
  ["in a list", `[${FINAL}]`],
])("a final object that is %s is skipped as invalid", async (_, line) => {
  expect(await told(`${line}\n`)).toEqual([{ skipped: "invalid_json" }]);
});

test("a final object is read after one that was invalid", async () => {
  expect(await told(`{"done":true\n${FINAL}\n`)).toEqual([{ skipped: "invalid_json" }, ANSWER]);
});

test.each(["no json\n", "\n\n\n", "", "\r\n", "{\n", "null\n"])(
  "the text %j tells nothing",
  async (text) => {
    expect(await told(text)).toEqual([]);
  },
);

describe("a line that says that the answer failed", () => {
  const ERROR = '{"error":"unexpected EOF"}';

  test("is told, before a first token and after it", async () => {
    expect(await told(`${ERROR}\n`)).toEqual(["failed"]);
    expect(await told(`${SPOKEN}\n${ERROR}\n`)).toEqual(["first token", "failed"]);
    expect(await told(`${SPOKEN}\n${ERROR}`)).toEqual(["first token", "failed"]);
  });

  test("is told once, and nothing that comes after it", async () => {
    expect(await told(`${SPOKEN}\n${ERROR}\n${ERROR}\n${FINAL}\n`)).toEqual([
      "first token",
      "failed",
    ]);
  });

  test("is nothing after the final object", async () => {
    expect(await told(`${FINAL}\n${ERROR}\n`)).toEqual([ANSWER]);
  });

  test("is told of an answer in one piece", async () => {
    expect((await readChat([ERROR], { contentType: IN_ONE_PIECE })).findings).toEqual(["failed"]);
  });

  test.each([
    ["content that looks like one", '{"message":{"content":"{\\"error\\":1}"},"done":false}'],
    ["an error within the message", '{"message":{"content":"a","error":"b"},"done":false}'],
    ["one that is cut", '{"error":"unexp'],
  ])("is not %s", async (_, line) => {
    expect(await told(`${SPOKEN}\n${line}\n`)).toEqual(["first token"]);
  });
});

test("an answer in several lines of one chunk is told once, after its first token", async () => {
  expect(await told(`${SPOKEN}\n${SPOKEN}\n${FINAL}\n`)).toEqual(["first token", ANSWER]);
});

test("an answer that is not streamed is read with and without a final newline", async () => {
  for (const text of [FINAL, `${FINAL}\n`]) {
    expect((await readChat([text], { contentType: IN_ONE_PIECE })).findings).toEqual([ANSWER]);
  }
});

test("an answer is told as soon as its line is complete, before the end of the body", async () => {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const scanner = chatDialect().read(
    { contentType: STREAMED },
    { firstToken() {}, answer: resolve, failed() {}, skipped() {} },
  );
  const sink = createTextSink("", scanner);
  void sink?.write(Buffer.from(`${FINAL}\n`));
  expect(await promise).toEqual(ANSWER);
});
