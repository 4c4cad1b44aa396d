import { describe, expect, test } from "bun:test";
import type { Ending } from "../../src/exchange.ts";
import { type Sink, tap } from "../../src/proxy/tap.ts";
import { nextTurn } from "../support/next-turn.ts";
import { pulledSource, type Step } from "../support/pulled-source.ts";

interface Tapping {
  readonly length?: number;
  readonly sink?: Sink;
  readonly signal?: AbortSignal;
}

/** Taps a source; what it tells goes into `endings`. */
function tapping(steps: readonly Step[], { length, sink, signal }: Tapping = {}) {
  const source = pulledSource(steps);
  const endings: Ending[] = [];
  const passed = tap(source.stream, {
    signal: signal ?? new AbortController().signal,
    length,
    sink,
    onEnd: (ending) => void endings.push(ending),
  });
  return { source, endings, passed };
}

const textOf = (stream: ReadableStream<Uint8Array>): Promise<string> => new Response(stream).text();

const FOREVER = new Promise(() => {});
const broken = new Error("the upstream broke off");

describe("a body passes", () => {
  test("chunk by chunk as it came", async () => {
    const { passed, endings } = tapping(["a", "bc", "d"]);
    const reader = (await passed).getReader();
    for (const text of ["a", "bc", "d"]) {
      expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe(text);
      expect(endings).toEqual([]);
    }
    expect((await reader.read()).done).toBe(true);
    expect(endings).toEqual(["complete"]);
  });

  test("only when the client wants more", async () => {
    const { passed, source } = tapping(["a", "b", "c"]);
    const reader = (await passed).getReader();
    await nextTurn();
    expect(source.reads()).toBe(0);
    await reader.read();
    await nextTurn();
    expect(source.reads()).toBe(1);
    await reader.read();
    await nextTurn();
    expect(source.reads()).toBe(2);
  });

  test("with its end told before the client sees it", async () => {
    const { passed, endings } = tapping(["a"]);
    const reader = (await passed).getReader();
    await reader.read();
    const seen = reader.read().then(() => [...endings]);
    expect(await seen).toEqual(["complete"]);
  });

  test("and breaks where it broke, with the same error", async () => {
    const { passed, endings } = tapping(["a", broken]);
    const reader = (await passed).getReader();
    await reader.read();
    expect(await reader.read().catch((error: unknown) => error)).toBe(broken);
    expect(endings).toEqual(["truncated"]);
  });
});

describe("a client that leaves", () => {
  test.each([
    ["in mid-body", { length: 100_000 }, ["a", "b"], "client_abort"],
    ["a body of unknown length", {}, ["a"], "client_abort"],
    ["with all bytes of a large body", { length: 70_000 }, ["x".repeat(70_000)], "complete"],
  ] as const)("%s has seen this ending", async (_, options, chunks, ending) => {
    const { passed, source, endings } = tapping([...chunks, FOREVER], options);
    const reader = (await passed).getReader();
    for (const chunk of chunks) {
      expect((await reader.read()).value?.byteLength).toBe(chunk.length);
    }
    await reader.cancel("gone");
    expect(endings).toEqual([ending]);
    expect(await source.cancelled).toBe("gone");
  });

  test("before the first byte lets the upstream go", async () => {
    const { passed, source, endings } = tapping([FOREVER]);
    await (await passed).cancel("gone");
    expect(await source.cancelled).toBe("gone");
    expect(endings).toEqual(["client_abort"]);
  });

  test.each([
    ["a false end", []],
    ["an error", [broken]],
  ] as const)("and then %s are one ending, the first", async (_, rest) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { passed, endings } = tapping(["a", promise, ...rest]);
    const reader = (await passed).getReader();
    await reader.read();
    const pending = reader.read().catch(() => {});
    await nextTurn();
    await reader.cancel();
    resolve();
    await pending;
    await nextTurn();
    expect(endings).toEqual(["client_abort"]);
  });

  test.each([
    ["an error", [broken], { length: 100_000 }, "client_abort"],
    ["a false end", [], { length: 100_000 }, "client_abort"],
    ["an error after the last byte", [broken], { length: 2 }, "complete"],
    ["an end after the last byte", [], { length: 2 }, "complete"],
  ] as const)("and is heard of by %s has seen this ending", async (_, rest, options, ending) => {
    const leaving = new AbortController();
    const { promise, resolve } = Promise.withResolvers<void>();
    const steps = ["a", "b", promise, ...rest];
    const { passed, endings } = tapping(steps, { ...options, signal: leaving.signal });
    const reader = (await passed).getReader();
    await reader.read();
    await reader.read();
    const pending = reader.read().catch(() => {});
    leaving.abort();
    resolve();
    await pending;
    expect(endings).toEqual([ending]);
  });
});

test("many bodies one after the other end once each", async () => {
  for (let i = 0; i < 300; i++) {
    const { passed, endings } = tapping(["a", "b", ...(i % 3 === 0 ? [broken] : [])]);
    const body = await passed;
    if (i % 3 === 1) {
      const reader = body.getReader();
      await reader.read();
      await Promise.all([reader.read(), reader.cancel()]);
    } else {
      await textOf(body).catch(() => {});
    }
    expect(endings).toEqual([
      (["truncated", "client_abort", "complete"] as const)[i % 3] as Ending,
    ]);
  }
});
