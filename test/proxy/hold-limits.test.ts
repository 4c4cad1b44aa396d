import { describe, expect, test } from "bun:test";
import { type Budget, createBudget, type Held, hold } from "../../src/proxy/hold.ts";
import { bodyInit } from "../support/body-init.ts";
import { requestOf, type RequestParts } from "../support/request-of.ts";

const MIB = 1024 * 1024;
const MOST = 64 * MIB;

const never = (): boolean => false;

/** How much is left of a budget that never had more than `most`. */
function left(budget: Budget, most: number): number {
  let low = 0;
  for (let step = most; step >= 1; step = Math.floor(step / 2)) {
    while (budget.take(step)) low += step;
  }
  budget.give(low);
  return low;
}

const drain = (held: Held): Promise<ArrayBuffer> => new Response(bodyInit(held.body)).arrayBuffer();

test("a budget gives out what it has and no more", () => {
  const budget = createBudget(10);
  expect([budget.take(6), budget.take(5), budget.take(4), budget.take(1)]).toEqual([
    true,
    false,
    true,
    false,
  ]);
  budget.give(4);
  expect(left(budget, 10)).toBe(4);
});

describe("a request", () => {
  const piece = new Uint8Array(16 * MIB);

  test("is held up to 64 MiB", async () => {
    const held = await hold(requestOf([piece, piece, piece, piece]), createBudget(2 * MOST), never);
    expect(held.how).toBe("all");
    held.release();
  });

  test("is held no more from 64 MiB on, and goes through whole", async () => {
    const budget = createBudget(2 * MOST);
    const chunks = [piece, piece, piece, piece, "x", "the rest"];
    const held = await hold(requestOf(chunks), budget, never);
    expect(held.how).toBe("over");
    expect(left(budget, 2 * MOST)).toBe(MOST);
    expect((await drain(held)).byteLength).toBe(MOST + 9);
    expect(left(budget, 2 * MOST)).toBe(2 * MOST);
  });

  test("is not over the limit if the chunk that goes over it is enough", async () => {
    const sizes: number[] = [];
    const chunks = [piece, piece, piece, piece, "x"];
    const held = await hold(
      requestOf(chunks),
      createBudget(2 * MOST),
      ({ byteLength }) => sizes.push(byteLength) > 4,
    );
    expect([held.how, sizes.length]).toEqual(["enough", 5]);
    await (held.body as ReadableStream).cancel();
  });

  test("is understood even when others have taken the whole budget", async () => {
    for (const length of [5, 9, undefined]) {
      const budget = createBudget(0);
      const chunks = length === 5 ? ["12345"] : ["12345", "6789"];
      const held = await hold(
        requestOf(chunks, length === undefined ? {} : { length }),
        budget,
        () => true,
      );
      expect(held.how).not.toBe("over");
      expect(new TextDecoder().decode(await drain(held))).toBe(chunks.join(""));
      held.release();
      expect(left(budget, 100)).toBe(0);
    }
  });
});

test("what has been sent is neither counted nor kept", async () => {
  const budget = createBudget(100);
  const held = await hold(requestOf(["1234", "567", "89"], { length: 9 }), budget, never);
  const reader = (held.body as ReadableStream<Uint8Array>).getReader();
  expect([left(budget, 100), held.chunks.length]).toEqual([91, 3]);
  await reader.read();
  expect([left(budget, 100), held.chunks.length]).toEqual([95, 2]);
  await reader.read();
  await reader.read();
  expect([left(budget, 100), held.chunks.length]).toEqual([100, 0]);
  held.release();
  expect(left(budget, 100)).toBe(100);
});

describe("requests that are held at the same time", () => {
  test("share one budget", async () => {
    const budget = createBudget(10);
    const first = await hold(requestOf(["123456"]), budget, never);
    const second = await hold(requestOf(["12", "3456", "78"]), budget, never);
    expect([first.how, second.how]).toEqual(["all", "over"]);
    expect(left(budget, 10)).toBe(2);
    expect(Buffer.from(await drain(second)).toString()).toBe("12345678");
    expect(left(budget, 10)).toBe(4);
    first.release();
    expect(left(budget, 10)).toBe(10);
    const third = await hold(requestOf(["1234567890"]), budget, never);
    expect(third.how).toBe("all");
  });
});

interface Way {
  readonly chunks: readonly string[];
  readonly parts: RequestParts;
  readonly enough: () => boolean;
}

const gone = new Error("the client is gone");
const atOnce = (): boolean => true;
const WAYS: [string, Way][] = [
  ["is held whole in one piece", { chunks: ["abc"], parts: { length: 3 }, enough: never }],
  ["is held whole in two pieces", { chunks: ["a", "bc"], parts: { length: 3 }, enough: never }],
  ["is held whole and chunked", { chunks: ["a", "bc"], parts: {}, enough: never }],
  ["is held in part", { chunks: ["a", "bc"], parts: {}, enough: atOnce }],
  ["was too much", { chunks: ["a", "0123456789"], parts: {}, enough: never }],
  ["broke off", { chunks: ["a"], parts: { error: gone }, enough: never }],
  ["broke off later", { chunks: ["a"], parts: { error: gone }, enough: atOnce }],
  ["is empty", { chunks: [], parts: {}, enough: never }],
];

describe.each(WAYS)("a body that %s gives back what it took", (_, { chunks, parts, enough }) => {
  const start = async (): Promise<{ budget: Budget; held: Held }> => {
    const budget = createBudget(10);
    const held = await hold(requestOf(chunks, parts), budget, enough);
    expect(left(budget, 10)).toBe(10 - heldBytes(held));
    return { budget, held };
  };

  test("when it is released, once", async () => {
    const { budget, held } = await start();
    for (let i = 0; i < 3; i++) held.release();
    expect(left(budget, 20)).toBe(10);
  });

  test("when it has been sent, once", async () => {
    const { budget, held } = await start();
    await drain(held).catch(() => {});
    if (!(held.body instanceof ReadableStream)) held.release();
    expect(left(budget, 20)).toBe(10);
    held.release();
    expect(left(budget, 20)).toBe(10);
  });

  test("when it is aborted, once", async () => {
    const { budget, held } = await start();
    if (held.body instanceof ReadableStream) await held.body.cancel().catch(() => {});
    else held.release();
    expect(left(budget, 20)).toBe(10);
    held.release();
    expect(left(budget, 20)).toBe(10);
  });
});

/** Bytes that count against the budget: the chunk that went over it does not. */
function heldBytes({ how, chunks }: Held): number {
  const counted = how === "over" ? chunks.slice(0, -1) : chunks;
  return counted.reduce((sum, { byteLength }) => sum + byteLength, 0);
}
