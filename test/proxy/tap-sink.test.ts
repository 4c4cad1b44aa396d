import { describe, expect, test } from "bun:test";
import { type Sink, tap } from "../../src/proxy/tap.ts";
import { nextTurn } from "../support/next-turn.ts";
import { pulledSource, type Step } from "../support/pulled-source.ts";

/** A sink that keeps what it sees. */
function watching(wait?: () => Promise<void>): Sink & { readonly seen: string[] } {
  const seen: string[] = [];
  return {
    seen,
    write(chunk) {
      seen.push(Buffer.from(chunk).toString());
      return wait?.();
    },
    close: () => void seen.push("END"),
  };
}

function tapping(steps: readonly Step[], sink: Sink, length?: number) {
  const source = pulledSource(steps);
  const { signal } = new AbortController();
  return { source, passed: tap(source.stream, { signal, length, sink, onEnd() {} }) };
}

describe("a sink sees all that the client gets, and one end", () => {
  test.each([
    ["of a stream", ["a", "b"], undefined, ["a", "b", "END"]],
    ["of a small body in one read", ["ab"], 2, ["ab", "END"]],
    ["of a small body in two reads", ["a", "b"], 2, ["a", "b", "END"]],
    ["of a large body", ["a", "b"], 100_000, ["a", "b", "END"]],
    ["of an empty body", [], 0, ["END"]],
    ["of a body that breaks", ["a", new Error("broken")], undefined, ["a", "END"]],
  ] as const)("%s", async (_, steps, length, seen) => {
    const sink = watching();
    const { passed } = tapping(steps, sink, length);
    await passed.then((stream) => new Response(stream).text()).catch(() => {});
    expect(sink.seen).toEqual([...seen]);
  });

  test("when the client leaves", async () => {
    const sink = watching();
    const reader = (await tapping(["a", "b"], sink).passed).getReader();
    await reader.read();
    await reader.cancel();
    await nextTurn();
    expect(sink.seen).toEqual(["a", "END"]);
  });
});

test("a chunk has been passed on when the sink sees it", async () => {
  const failing: Sink = {
    write() {
      throw new Error("the sink failed");
    },
    close() {},
  };
  const reader = (await tapping(["a"], failing).passed).getReader();
  expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe("a");
  await reader.closed.catch(() => {});
});

test("a sink that wants to be waited for delays the next read and nothing else", async () => {
  const waits = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  let writes = 0;
  const sink = watching(() => waits[writes++]?.promise ?? Promise.resolve());
  const { passed, source } = tapping(["a", "b"], sink);
  const reader = (await passed).getReader();

  await reader.read();
  expect(sink.seen).toEqual(["a"]);
  const second = reader.read();
  await nextTurn();
  expect(source.reads()).toBe(1);
  waits[0]?.resolve();
  expect(Buffer.from((await second).value ?? []).toString()).toBe("b");
  expect(source.reads()).toBe(2);

  const end = reader.read();
  await nextTurn();
  expect(source.reads()).toBe(2);
  waits[1]?.resolve();
  expect((await end).done).toBe(true);
});

test("a client that leaves does not wait for the sink", async () => {
  const sink = watching(() => new Promise(() => {}));
  const { passed, source } = tapping(["a", "b"], sink);
  const reader = (await passed).getReader();
  await reader.read();
  await reader.cancel("gone");
  expect(await source.cancelled).toBe("gone");
  expect(sink.seen).toEqual(["a", "END"]);
});
