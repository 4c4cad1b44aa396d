import { describe, expect, test } from "bun:test";
import { gzipSync } from "node:zlib";
import type { Scanner } from "../../src/dialects/dialect.ts";
import { createTextSink } from "../../src/dialects/text-sink.ts";
import { nextTurn } from "../support/next-turn.ts";

const fail = (): never => {
  throw new Error("the scanner failed");
};

interface Outcome {
  readonly scanned: boolean;
  readonly pushes: number;
  readonly ends: number;
}

/** Shows a scanner three chunks of text in this encoding. */
async function show(encoding: string, scanner: Partial<Scanner>): Promise<Outcome> {
  let pushes = 0;
  let ends = 0;
  const sink = createTextSink(encoding, {
    push(text) {
      pushes++;
      scanner.push?.(text);
    },
    end() {
      ends++;
      scanner.end?.();
    },
    eager: true,
  });
  if (sink === undefined) throw new Error("no sink");
  for (const text of ["a\n", "b\n", "c\n"]) {
    const bytes = Buffer.from(text);
    await sink.write(encoding === "gzip" ? gzipSync(bytes) : bytes);
  }
  sink.close();
  return { scanned: await sink.scanned, pushes, ends };
}

describe.each(["", "gzip"])("a scanner of the encoding %j", (encoding) => {
  test("that works sees every chunk and one end", async () => {
    expect(await show(encoding, {})).toEqual({ scanned: true, pushes: 3, ends: 1 });
  });

  test("that throws at its first text is shown no more", async () => {
    expect(await show(encoding, { push: fail })).toEqual({ scanned: false, pushes: 1, ends: 0 });
  });

  test("that throws at the end is told of", async () => {
    expect(await show(encoding, { end: fail })).toEqual({ scanned: false, pushes: 3, ends: 1 });
  });
});

test("a scanner that throws lets no rejection go astray", async () => {
  const stray: unknown[] = [];
  const report = (error: unknown): void => void stray.push(error);
  process.on("unhandledRejection", report);
  for (const encoding of ["", "gzip"]) await show(encoding, { push: fail });
  await nextTurn();
  process.off("unhandledRejection", report);
  expect(stray).toEqual([]);
});

test("a body that is closed without any text has been scanned", async () => {
  const seen: string[] = [];
  const scanner = { push: (text: string) => void seen.push(text), end() {}, eager: true };
  const sink = createTextSink("", scanner);
  sink?.close();
  expect(await sink?.scanned).toBe(true);
  expect(seen).toEqual([]);
});
