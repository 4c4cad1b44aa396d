import { describe, expect, test } from "bun:test";
import type { Ending } from "../../src/exchange.ts";
import { tap } from "../../src/proxy/tap.ts";
import { nextTurn } from "../support/next-turn.ts";
import { pulledSource, type Step } from "../support/pulled-source.ts";

const SMALL = 64 * 1024;

function tapping(steps: readonly Step[], length: number, signal = new AbortController().signal) {
  const source = pulledSource(steps);
  const endings: Ending[] = [];
  const onEnd = (ending: Ending): void => void endings.push(ending);
  const passed = tap(source.stream, { signal, length, sink: undefined, onEnd });
  return { source, endings, passed };
}

const textOf = (stream: ReadableStream<Uint8Array>): Promise<string> => new Response(stream).text();

const broken = new Error("the upstream broke off");

describe("a small body", () => {
  test.each([
    ["of one byte", "a"],
    ["of 64 KiB", "a".repeat(SMALL)],
  ])("%s that comes in one read is there at once, and has ended", async (_, text) => {
    const { passed, source, endings } = tapping([text], text.length);
    const stream = await passed;
    expect(endings).toEqual(["complete"]);
    expect(source.reads()).toBe(1);
    expect(await textOf(stream)).toBe(text);
    expect(endings).toEqual(["complete"]);
  });

  test("goes out with its length", async () => {
    const { passed } = tapping(["abc"], 3);
    const answer = new Response(await passed, { headers: { "content-length": "3" } });
    using server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: () => answer });
    const received = await fetch(server.url);
    expect(received.headers.get("content-length")).toBe("3");
    expect(received.headers.get("transfer-encoding")).toBeNull();
    expect(await received.text()).toBe("abc");
  });

  test("of no byte is there at once", async () => {
    const { passed, endings } = tapping([], 0);
    expect(await textOf(await passed)).toBe("");
    expect(endings).toEqual(["complete"]);
  });

  test("that comes in two reads streams after the first", async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const { passed, endings } = tapping(["ab", promise, "c"], 3);
    const reader = (await passed).getReader();
    expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe("ab");
    expect(endings).toEqual([]);
    resolve();
    expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe("c");
    expect((await reader.read()).done).toBe(true);
    expect(endings).toEqual(["complete"]);
  });

  test("that breaks off before its first byte is no answer", async () => {
    const { passed, endings } = tapping([broken], 3);
    expect(await passed.catch((error: unknown) => error)).toBe(broken);
    expect(endings).toEqual([]);
  });

  test("that breaks off after its first byte breaks off for the client", async () => {
    const { passed, endings } = tapping(["a", broken], 3);
    expect(await textOf(await passed).catch((error: unknown) => error)).toBe(broken);
    expect(endings).toEqual(["truncated"]);
  });
});

test("a body over 64 KiB is not waited for", async () => {
  const { passed, source } = tapping([new Promise(() => {})], SMALL + 1);
  await passed;
  await nextTurn();
  expect(source.reads()).toBe(0);
});
