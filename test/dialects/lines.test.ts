import { describe, expect, test } from "bun:test";
import { createLineSplitter } from "../../src/dialects/lines.ts";
import { byteByByte, everySplit } from "../support/every-split.ts";
import { type Finding, readChat } from "../support/findings.ts";

const TOO_LONG = "too long";

function linesOf(pieces: readonly string[], cap?: number): string[] {
  const lines: string[] = [];
  const splitter = createLineSplitter(
    (line) => void lines.push(line),
    () => void lines.push(TOO_LONG),
    cap,
  );
  for (const piece of pieces) splitter.push(piece);
  splitter.end();
  return lines;
}

describe("a text is split into its lines", () => {
  test.each([
    ["at LF", "a\nb\n", ["a", "b"]],
    ["at CRLF", "a\r\nb\r\n", ["a", "b"]],
    ["at both in turn", "a\r\nb\nc\r\n", ["a", "b", "c"]],
    ["without a final newline", "a\nb", ["a", "b"]],
    ["without a final newline after a CR", "a\r\nb\r", ["a", "b"]],
    ["with empty lines left out", "\n\na\n\n\nb\n\n", ["a", "b"]],
    ["and a CR within a line is kept", "a\rb\n", ["a\rb"]],
    ["and no text has none", "", []],
  ])("%s", (_, text, lines) => {
    expect(linesOf([text])).toEqual(lines);
    expect(linesOf(text.split(""))).toEqual(lines);
    for (let at = 0; at <= text.length; at++) {
      expect(linesOf([text.slice(0, at), text.slice(at)])).toEqual(lines);
    }
  });
});

describe("a line over the cap", () => {
  test("is let go, once, and the next one is read", () => {
    expect(linesOf(["12345\n123456\n12\n"], 5)).toEqual(["12345", TOO_LONG, "12"]);
  });

  test("is let go when it passes the cap, before its end", () => {
    let told = 0;
    const splitter = createLineSplitter(
      () => {},
      () => void told++,
      5,
    );
    splitter.push("12345");
    expect(told).toBe(0);
    splitter.push("6");
    expect(told).toBe(1);
    splitter.push("789\n");
    splitter.end();
    expect(told).toBe(1);
  });

  test("is let go at the end of the text too", () => {
    expect(linesOf(["a\n123456"], 5)).toEqual(["a", TOO_LONG]);
  });

  test("is told of again for each such line", () => {
    expect(linesOf(["123456\n123456\n"], 5)).toEqual([TOO_LONG, TOO_LONG]);
  });

  test("is counted in bytes, not in characters", () => {
    expect(linesOf(["éé\n"], 4)).toEqual(["éé"]);
    expect(linesOf(["ééa\n"], 4)).toEqual([TOO_LONG]);
    expect(linesOf(["😀\n"], 4)).toEqual(["😀"]);
    expect(linesOf(["日本\n"], 5)).toEqual([TOO_LONG]);
  });

  test("is let go wherever it is cut", () => {
    const text = "12345\n123456\n12\n";
    for (let at = 0; at <= text.length; at++) {
      expect(linesOf([text.slice(0, at), text.slice(at)], 5)).toEqual(["12345", TOO_LONG, "12"]);
    }
  });
});

test("a line in 10,000 pieces is one line", () => {
  const pieces = Array.from({ length: 10_000 }, (_, i) => String(i % 10).repeat(700));
  expect(linesOf([...pieces, "\n"])).toEqual([pieces.join("")]);
});

test("UTF-8 that is split between chunks is read", async () => {
  const text = '{"message":{"content":"é😀日本"},"done":true,"done_reason":"é😀日本"}\n';
  const findings: Finding[] = ["first token", { doneReason: "é😀日本" }];
  const wanted = { findings, scanned: true };
  for (const parts of everySplit(Buffer.from(text))) expect(await readChat(parts)).toEqual(wanted);
  expect(await readChat(byteByByte(Buffer.from(text)))).toEqual(wanted);
});

test("UTF-8 that breaks off at the end of the body is no failure", async () => {
  const cut = Buffer.from('{"done":true,"eval_count":1}\n"é').subarray(0, -1);
  expect(await readChat([cut])).toEqual({ findings: [{ generatedTokens: 1 }], scanned: true });
});

test("a chat answer with CRLF and no final newline is read", async () => {
  const text = '{"message":{"content":"a"},"done":false}\r\n{"done":true,"eval_count":1}';
  const wanted: Finding[] = ["first token", { generatedTokens: 1 }];
  expect((await readChat([text])).findings).toEqual(wanted);
  expect((await readChat([`${text}\r\n`])).findings).toEqual(wanted);
});
