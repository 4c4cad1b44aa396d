import { describe, expect, test } from "bun:test";
import { findDialect } from "../../src/dialects/all.ts";
import { byteByByte, everySplit } from "../support/every-split.ts";
import type { Finding } from "../support/findings.ts";
import { recordedAnswer } from "../support/recorded-answer.ts";
import { recordings } from "../support/recordings.ts";
import { readAnswer } from "./read-answer.ts";

const FIRST = "first token";

/** What each recorded answer tells; none of those that are not here is 200 and of an API but chat. */
const TOLD: Readonly<Record<string, readonly Finding[]>> = {
  "generate-stream": [
    FIRST,
    {
      doneReason: "length",
      total: 2.135236585,
      load: 0.200405044,
      promptEval: 0.069804768,
      eval: 1.717815664,
      queue: expect.closeTo(0.147211109, 9),
      promptTokens: 16,
      generatedTokens: 24,
    },
  ],
  "generate-nonstream": [
    {
      doneReason: "length",
      total: 0.76738239,
      load: 0.157185206,
      promptEval: 0.077933212,
      eval: 0.521170288,
      queue: expect.closeTo(0.011093684, 9),
      promptTokens: 12,
      generatedTokens: 8,
    },
  ],
  "generate-load": [{ doneReason: "load" }],
  embed: [{ total: 0.235667533, load: 0.073910642, promptTokens: 4 }],
  "embed-one": [{ total: 0.170309165, load: 0.084234175, promptTokens: 2 }],
  "embeddings-old": [{}],
  "openai-chat-stream": [FIRST, { doneReason: "length" }],
  "openai-chat-stream-usage": [
    FIRST,
    { doneReason: "length", promptTokens: 16, generatedTokens: 12 },
  ],
  "openai-chat": [{ doneReason: "length", promptTokens: 16, generatedTokens: 12 }],
  "openai-chat-tools-stream": [FIRST, { doneReason: "stop" }],
  "openai-chat-reasoning-stream": [
    FIRST,
    { doneReason: "stop", promptTokens: 16, generatedTokens: 29 },
  ],
  "openai-chat-stream-runner-died": [FIRST],
  "openai-completions": [{ doneReason: "length", promptTokens: 11, generatedTokens: 8 }],
  "openai-completions-stream": [
    FIRST,
    { doneReason: "length", promptTokens: 11, generatedTokens: 8 },
  ],
  // Their limit was 8 tokens, and they say "completed".
  "openai-responses": [{ promptTokens: 11, generatedTokens: 8 }],
  "openai-responses-stream": [FIRST, { promptTokens: 11, generatedTokens: 8 }],
  "openai-embeddings": [{ promptTokens: 2 }],
  "anthropic-messages": [{ doneReason: "length", promptTokens: 16, generatedTokens: 12 }],
  "anthropic-messages-stream": [
    FIRST,
    { doneReason: "length", promptTokens: 16, generatedTokens: 12 },
  ],
  "anthropic-messages-tools-stream": [
    FIRST,
    { doneReason: "stop", promptTokens: 47, generatedTokens: 15 },
  ],
  "anthropic-thinking-stream": [
    FIRST,
    { doneReason: "stop", promptTokens: 16, generatedTokens: 29 },
  ],
  "anthropic-stream-runner-died": [FIRST],
};

const ANSWERS = recordings()
  .filter(({ method, path, status }) => status === 200 && findDialect(method, path))
  .filter(({ path }) => path !== "/api/chat")
  .map((recording) => [recording.name, recording] as const);

test("every recorded answer of an API but chat has its findings here", () => {
  expect(ANSWERS.map(([name]) => name).toSorted()).toEqual(Object.keys(TOLD).toSorted());
});

describe.each(ANSWERS)("the answer of %s", (name, recording) => {
  const { contentType, body } = recordedAnswer(recording);
  const told = { findings: [...(TOLD[name] ?? [])], scanned: true };

  test("tells what it holds and no more", async () => {
    expect(await readAnswer(recording.path, [body], { contentType })).toEqual(told);
  });

  test("tells the same when it is cut in two at any byte", async () => {
    for (const parts of everySplit(body)) {
      expect(await readAnswer(recording.path, parts, { contentType })).toEqual(told);
    }
  });

  test("tells the same when it comes byte by byte", async () => {
    const parts = byteByByte(body);
    expect(await readAnswer(recording.path, parts, { contentType })).toEqual(told);
  });

  test("tells no answer while its last byte but one is missing", async () => {
    const text = String(body).trimEnd();
    const parts = [text.slice(0, -1)];
    const { findings } = await readAnswer(recording.path, parts, { contentType });
    const kinds = findings.filter(
      (finding) => finding !== FIRST && !("skipped" in Object(finding)),
    );
    expect(kinds).toEqual([]);
  });
});
