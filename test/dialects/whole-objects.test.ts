import { describe, expect, test } from "bun:test";
import { IN_ONE_PIECE } from "../support/findings.ts";
import { JSON_TYPE, readAnswer, toldOf } from "./read-answer.ts";

const VECTORS = `[${Array.from({ length: 2000 }, () => `[${"-0.03124989,".repeat(1000)}1]`).join()}]`;

/** As a socket brings them. */
function* chunks(text: string): Generator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536);
}

describe("24 MB of vectors", () => {
  test("do not hide what an embed tells", async () => {
    const text = `{"model":"e","embeddings":${VECTORS},"total_duration":2000000000,"load_duration":1000000000,"prompt_eval_count":8}`;
    expect(text.length).toBeGreaterThan(24_000_000);
    const { findings } = await readAnswer("/api/embed", chunks(text), {
      contentType: IN_ONE_PIECE,
    });
    expect(findings).toEqual([{ total: 2, load: 1, promptTokens: 8 }]);
  });

  test("do not hide the usage of OpenAI's embeddings", async () => {
    const text = `{"object":"list","data":${VECTORS},"model":"e","usage":{"prompt_tokens":8,"total_tokens":8}}\n`;
    const { findings } = await readAnswer("/v1/embeddings", chunks(text), {
      contentType: JSON_TYPE,
    });
    expect(findings).toEqual([{ promptTokens: 8 }]);
  });
});

test("vectors in base64 do not hide the usage", async () => {
  const data = [{ object: "embedding", embedding: "a[/+=".repeat(1000), index: 0 }];
  const text = JSON.stringify({ object: "list", data, usage: { prompt_tokens: 8 } });
  expect(await toldOf("/v1/embeddings", text, JSON_TYPE)).toEqual([{ promptTokens: 8 }]);
});

describe("an embedding's answer", () => {
  test.each([
    ["/api/embed", '{"model":"e","embeddings":[]}'],
    ["/api/embeddings", '{"embedding":[1,2]}'],
    ["/v1/embeddings", '{"object":"list","data":[]}'],
  ])("of %s without figures is an answer", async (path, text) => {
    expect(await toldOf(path, text, JSON_TYPE)).toEqual([{}]);
  });

  test.each(["/api/embed", "/api/embeddings", "/v1/embeddings"])(
    "of %s that says that it failed has failed",
    async (path) => {
      expect(await toldOf(path, '{"error":"x"}', JSON_TYPE)).toEqual(["failed"]);
    },
  );

  test.each([
    "",
    "null",
    "[]",
    "5",
    '"x"',
    '{"embeddings":[[1,2],[3',
    '{"a":1} x',
    "{}{}",
    "<html>",
  ])("that is %j tells nothing", async (text) => {
    for (const path of ["/api/embed", "/api/embeddings", "/v1/embeddings"]) {
      expect(await toldOf(path, text, JSON_TYPE)).toEqual([]);
    }
  });
});

test("an answer in several lines is one object", async () => {
  const text = JSON.stringify({ choices: [{ finish_reason: "stop" }] }, null, 2);
  expect(await toldOf("/v1/chat/completions", `${text}\n`, JSON_TYPE)).toEqual([
    { doneReason: "stop" },
  ]);
});

/** An object of that many bytes. */
function objectOf(bytes: number): string {
  return `{"x":"${"é".repeat((bytes - 8) / 2)}"}`;
}

describe.each(["/v1/chat/completions", "/v1/messages"])("an answer of %s", (path) => {
  test("is read if 8,000,000 bytes of it are kept", async () => {
    expect(await toldOf(path, objectOf(8_000_000), JSON_TYPE)).toEqual([{}]);
  });

  test("is skipped once if it is longer", async () => {
    expect(await toldOf(path, objectOf(8_000_002), JSON_TYPE)).toEqual([{ skipped: "too_long" }]);
    const parts = Array.from({ length: 200 }, () => "x".repeat(65_536));
    const { findings } = await readAnswer(path, ['{"x":"', ...parts], { contentType: JSON_TYPE });
    expect(findings).toEqual([{ skipped: "too_long" }]);
  });
});
