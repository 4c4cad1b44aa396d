import { expect, test } from "bun:test";
import { createTextSink, type TextSink } from "../../src/dialects/text-sink.ts";
import { nextTurn } from "../support/next-turn.ts";

interface Batches {
  readonly sink: TextSink;
  /** The text of each push to the scanner. */
  readonly pushed: string[];
  /** Whether the scanner wants all at once. */
  eager: boolean;
}

function startBatches(encoding = ""): Batches {
  const pushed: string[] = [];
  const scanner = { push: (text: string) => void pushed.push(text), end() {}, eager: true };
  const sink = createTextSink(encoding, scanner);
  if (sink === undefined) throw new Error("no sink");
  return {
    sink,
    pushed,
    get eager() {
      return scanner.eager;
    },
    set eager(eager) {
      scanner.eager = eager;
    },
  };
}

const BATCH = 4 * 1024;

test("an eager scanner is shown each chunk at once", async () => {
  const { sink, pushed } = startBatches();
  for (const text of ["a", "b", "c"]) {
    void sink.write(Buffer.from(text));
    await nextTurn();
    expect(pushed.at(-1)).toBe(text);
  }
  sink.close();
  await sink.scanned;
  expect(pushed).toEqual(["a", "b", "c"]);
});

test("a patient scanner is shown 4 KiB at a time, and the rest at the end", async () => {
  const batches = startBatches();
  const { sink, pushed } = batches;
  void sink.write(Buffer.from("first"));
  await nextTurn();
  batches.eager = false;
  for (let chunk = 0; chunk < 5; chunk++) {
    void sink.write(Buffer.alloc(1024, "x"));
    await nextTurn();
  }
  expect(pushed.map(({ length }) => length)).toEqual([5, BATCH]);
  sink.close();
  expect(await sink.scanned).toBe(true);
  expect(pushed.map(({ length }) => length)).toEqual([5, BATCH, 1024]);
});

test("a character that is cut between two batches is whole", async () => {
  const batches = startBatches();
  const { sink, pushed } = batches;
  batches.eager = false;
  const text = `${"x".repeat(BATCH - 1)}é`;
  const bytes = Buffer.from(text);
  void sink.write(bytes.subarray(0, BATCH));
  void sink.write(bytes.subarray(BATCH));
  sink.close();
  await sink.scanned;
  expect(pushed.join("")).toBe(text);
});

test("the bytes that wait are those that were written, in their order", async () => {
  const batches = startBatches();
  const { sink, pushed } = batches;
  batches.eager = false;
  const words = Array.from({ length: 5000 }, (_, index) => `word ${index}\n`);
  for (const word of words) void sink.write(Buffer.from(word));
  sink.close();
  await sink.scanned;
  expect(pushed.join("")).toBe(words.join(""));
  expect(pushed.length).toBeLessThan(20);
});
