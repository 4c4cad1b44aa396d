import { describe, expect, test } from "bun:test";
import { toldOf } from "./read-answer.ts";

const CHAT = "/v1/chat/completions";
const SPOKEN = 'data: {"choices":[{"delta":{"content":"a"},"finish_reason":null}]}\n\n';
const FINISH = 'data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n';
const USAGE = 'data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":7}}\n\n';
const DONE = "data: [DONE]\n\n";
const STREAM = SPOKEN + FINISH + USAGE + DONE;
const ANSWER = { doneReason: "stop", promptTokens: 3, generatedTokens: 7 };

const FAILURES = [
  ["an error in an event", 'data: {"error":{"message":"x"}}\n\n'],
  ["an error that is a text", 'data: {"error":"x"}\n\n'],
  ["an event of that name", 'event: error\ndata: {"message":"x"}\n\n'],
  ["a bare line", '{"error":"unexpected EOF"}\n'],
] as const;

describe("an event stream is read", () => {
  test.each([
    ["as Ollama writes it", STREAM],
    ["with CRLF", STREAM.replaceAll("\n", "\r\n")],
    ["without spaces after the colons", STREAM.replaceAll("data: ", "data:")],
    ["without the empty lines", STREAM.replaceAll("\n\n", "\n")],
    ["without an end of its last line", STREAM.trimEnd()],
    ["with comments", `: hello\n\n${STREAM.replaceAll("\n\n", "\n\n: ping\n\n")}`],
    [
      "with names, numbers and times",
      STREAM.replaceAll("data:", "event: x\nid: 1\nretry: 9\ndata:"),
    ],
    ["with spaces in its JSON", STREAM.replaceAll('":', '" : ')],
  ])("%s", async (_, text) => {
    expect(await toldOf(CHAT, text)).toEqual(["first token", ANSWER]);
  });

  test.each(["text/event-stream; charset=utf-8", "Text/Event-Stream"])(
    "of the type %j",
    async (contentType) => {
      expect(await toldOf(CHAT, STREAM, contentType)).toEqual(["first token", ANSWER]);
    },
  );
});

describe("an event stream that fails is told", () => {
  test.each(FAILURES)("by %s", async (_, failure) => {
    expect(await toldOf(CHAT, failure)).toEqual(["failed"]);
    expect(await toldOf(CHAT, SPOKEN + failure)).toEqual(["first token", "failed"]);
  });

  test.each(FAILURES)("once, by %s, and nothing after it", async (_, failure) => {
    const text = SPOKEN + failure + failure + FINISH + USAGE + DONE;
    expect(await toldOf(CHAT, text)).toEqual(["first token", "failed"]);
  });

  test.each(FAILURES)("not by %s after the end", async (_, failure) => {
    expect(await toldOf(CHAT, STREAM + failure)).toEqual(["first token", ANSWER]);
  });

  test.each([
    ["an error that is null", 'data: {"choices":[],"error":null}\n\n'],
    ["an error within a choice", 'data: {"choices":[{"error":"x"}]}\n\n'],
    [
      "a text that looks like one",
      String.raw`data: {"choices":[{"text":"{\"error\":1}"}]}` + "\n\n",
    ],
    ["a bare line that is cut", '{"error":"x\n'],
    ["a bare line without one", '{"error":null}\n'],
    ["an event of another name", "event: errors\n\n"],
  ])("and %s is none", async (_, text) => {
    expect((await toldOf(CHAT, SPOKEN + text)).slice(0, 2)).not.toContain("failed");
    expect((await toldOf(CHAT, SPOKEN + text + FINISH + USAGE + DONE)).at(-1)).toEqual(ANSWER);
  });
});

describe("an event stream without its end tells no answer", () => {
  test.each([
    ["that ends after the figures", SPOKEN + FINISH + USAGE],
    ["that ends in the midst of the end", `${SPOKEN + FINISH + USAGE}data: [DON`],
    ["whose end has no name", `${SPOKEN + FINISH + USAGE}[DONE]\n\n`],
    ["whose end is an event's name", `${SPOKEN + FINISH + USAGE}event: [DONE]\n\n`],
  ])("%s", async (_, text) => {
    expect(await toldOf(CHAT, text)).toEqual(["first token"]);
  });
});

test("an event that is no JSON and may have mattered is skipped, and the rest is read", async () => {
  const text = `${SPOKEN}data: {"choices":[{"finish_reason":"stop"\n\n${FINISH + USAGE + DONE}`;
  const skipped = { skipped: "invalid_json" as const };
  expect(await toldOf(CHAT, text)).toEqual(["first token", skipped, ANSWER]);
});

test("an event that is no JSON and cannot have mattered is nothing", async () => {
  const text = `data: {"x"\n\ndata: null\n\ndata: [1]\n\ndata:\n\ndata\n\n${STREAM}`;
  expect(await toldOf(CHAT, text)).toEqual(["first token", ANSWER]);
});

test("an event over 8,000,000 bytes is skipped once, and the rest is read", async () => {
  const huge = `data: {"choices":[{"delta":{"content":"${"a".repeat(8_000_000)}"}}]}\n\n`;
  const skipped = { skipped: "too_long" as const };
  expect(await toldOf(CHAT, SPOKEN + huge + FINISH + USAGE + DONE)).toEqual([
    "first token",
    skipped,
    ANSWER,
  ]);
  expect(await toldOf(CHAT, STREAM + huge)).toEqual(["first token", ANSWER]);
});
