import { describe, expect, test } from "bun:test";
import { readChat } from "../support/findings.ts";

/** The longest line that Ollama's own client reads. */
const CAP = 8_000_000;

const FINAL = '{"done":true,"eval_count":7}\n';
const ANSWER = { generatedTokens: 7 };
const TOO_LONG = { skipped: "too_long" as const };

/** A final object of exactly that many bytes, without its newline. */
function finalOf(bytes: number, filler: string): string {
  const [head, tail] = ['{"done":true,"eval_count":9,"x":"', '"}'];
  const room = bytes - head.length - tail.length;
  const size = Buffer.byteLength(filler);
  const text = filler.repeat(Math.floor(room / size)) + "a".repeat(room % size);
  const line = head + text + tail;
  if (Buffer.byteLength(line) !== bytes) throw new Error("the line has another length");
  return line;
}

/** Cut into chunks as a socket brings them. */
function chunksOf(text: string, size: number): Uint8Array[] {
  const bytes = Buffer.from(text);
  const count = Math.ceil(bytes.length / size);
  return Array.from({ length: count }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
}

describe.each([
  ["ASCII", "a"],
  ["two-byte characters", "é"],
  ["four-byte characters", "😀"],
])("a line of %s", (_, filler) => {
  test("is read if it has 8,000,000 bytes", async () => {
    const text = `${finalOf(CAP, filler)}\n`;
    const wanted = [{ generatedTokens: 9 }];
    expect((await readChat([text])).findings).toEqual(wanted);
    expect((await readChat(chunksOf(text, 65_537))).findings).toEqual(wanted);
  });

  test("is skipped once if it has 8,000,001, and the following one is read", async () => {
    const text = `${finalOf(CAP + 1, filler)}\n${FINAL}`;
    expect(await readChat([text])).toEqual({ findings: [TOO_LONG, ANSWER], scanned: true });
    expect((await readChat(chunksOf(text, 65_537))).findings).toEqual([TOO_LONG, ANSWER]);
  });
});

test("a line of 20 MB in small chunks is skipped once", async () => {
  const text = `${finalOf(20_000_000, "a")}\n${FINAL}`;
  expect((await readChat(chunksOf(text, 4096))).findings).toEqual([TOO_LONG, ANSWER]);
});

test("a line of 5 MB in 10,000 chunks is read", async () => {
  const chunks = chunksOf(`${finalOf(5_000_000, "a")}\n`, 500);
  expect(chunks.length).toBe(10_001);
  expect((await readChat(chunks)).findings).toEqual([{ generatedTokens: 9 }]);
});
