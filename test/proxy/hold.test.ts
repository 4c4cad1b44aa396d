import { describe, expect, test } from "bun:test";
import { createBudget, hold } from "../../src/proxy/hold.ts";
import { createRandom } from "../../scripts/simulated-ollama/random.ts";
import type { Outgoing } from "../../src/proxy/upstream.ts";
import { bodyInit } from "../support/body-init.ts";
import { requestOf } from "../support/request-of.ts";

const never = (): boolean => false;
const atOnce = (): boolean => true;

const plenty = createBudget(2 ** 40);

async function bytesOf(body: Outgoing["body"]): Promise<string> {
  return Buffer.from(await new Response(bodyInit(body)).arrayBuffer()).toString("latin1");
}

describe("a body is held", () => {
  test("until the caller has seen enough, and the rest is read later", async () => {
    const request = requestOf(["a", "b", "c"]);
    let seen = "";
    const held = await hold(request, plenty, (chunk) => (seen += Buffer.from(chunk)) === "ab");
    expect(held.how).toBe("enough");
    expect(seen).toBe("ab");
    expect(Buffer.concat(held.chunks).toString()).toBe("ab");
    expect(await bytesOf(held.body)).toBe("abc");
  });

  test("to its end if the caller never has enough", async () => {
    const held = await hold(requestOf(["a", "b"]), plenty, never);
    expect(held.how).toBe("all");
    expect(await bytesOf(held.body)).toBe("ab");
  });

  test("to its length, though enough was seen in the last chunk", async () => {
    const held = await hold(requestOf(["ab"], { length: 2 }), plenty, atOnce);
    expect(held.how).toBe("all");
  });

  test("up to its first chunk if that is enough", async () => {
    const held = await hold(requestOf(["a", "b"], { length: 2 }), plenty, atOnce);
    expect(held.how).toBe("enough");
    expect(await bytesOf(held.body)).toBe("ab");
  });
});

describe("a body goes upstream as it came", () => {
  test("in one piece if it has a length and came so", async () => {
    const { body } = await hold(requestOf(["abc"], { length: 3 }), plenty, never);
    expect(Buffer.from(body as Uint8Array).toString()).toBe("abc");
    expect(body).toBeInstanceOf(Uint8Array);
  });

  test("as a list if it is chunked, of one chunk too", async () => {
    const { body } = await hold(requestOf(["abc"]), plenty, never);
    expect(body).toBeArrayOfSize(1);
    expect(await bytesOf(body)).toBe("abc");
  });

  test("as nothing if there is none", async () => {
    const request = new Request("http://exporter/api/chat", { method: "POST" });
    const held = await hold(request, plenty, never);
    expect([held.how, held.body, held.chunks]).toEqual(["all", null, []]);
  });

  test("as nothing if its length is 0", async () => {
    const held = await hold(requestOf([], { length: 0 }), plenty, never);
    expect([held.how, held.body]).toEqual(["all", null]);
  });

  test("as an empty list if it is chunked and empty", async () => {
    const held = await hold(requestOf([]), plenty, never);
    expect([held.how, held.body]).toEqual(["all", []]);
  });
});

describe("a client that leaves", () => {
  const gone = new Error("the client is gone");

  test("while its body is held is noticed, and nothing is thrown", async () => {
    const held = await hold(requestOf(["a"], { error: gone }), plenty, never);
    expect(held.how).toBe("left");
  });

  test("before its body has its length is noticed", async () => {
    const held = await hold(requestOf(["a"], { length: 5 }), plenty, never);
    expect(held.how).toBe("left");
  });

  test("breaks the body that goes upstream", async () => {
    for (const enough of [never, atOnce]) {
      const held = await hold(requestOf(["a"], { error: gone }), plenty, enough);
      expect(await bytesOf(held.body).catch((error: unknown) => error)).toBe(gone);
    }
  });
});

test("no more of a body is read than is asked for, but to see whether it ends", async () => {
  let reads = 0;
  const source = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        reads++;
        controller.enqueue(Buffer.from("a"));
      },
    },
    { highWaterMark: 0 },
  );
  const request = new Request("http://exporter/", { method: "POST", body: source });
  const held = await hold(request, plenty, atOnce);
  expect(reads).toBe(2);
  const reader = (held.body as ReadableStream<Uint8Array>).getReader();
  await reader.read();
  await reader.read();
  expect(reads).toBe(2);
  await reader.read();
  expect(reads).toBe(3);
  await reader.cancel();
  expect(reads).toBe(3);
});

test("a body that is not wanted any more is not read any more", async () => {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const source = new ReadableStream<Uint8Array>(
    { pull: (controller) => controller.enqueue(Buffer.from("a")), cancel: resolve },
    { highWaterMark: 0 },
  );
  const request = new Request("http://exporter/", { method: "POST", body: source });
  const held = await hold(request, plenty, atOnce);
  await (held.body as ReadableStream).cancel("no more");
  expect(await promise).toBe("no more");
});

test("a body comes out byte for byte, however it is cut and held, 500 times", async () => {
  const random = createRandom(7);
  const upTo = (most: number): number => Math.floor(random() * (most + 1));
  for (let i = 0; i < 500; i++) {
    const bytes = Uint8Array.from({ length: upTo(200) }, () => upTo(255));
    const chunks: Uint8Array[] = [];
    for (let at = 0; at < bytes.length;) {
      const end = at + 1 + upTo(random() < 0.3 ? 200 : 20);
      chunks.push(bytes.slice(at, end));
      at = end;
    }
    const length = random() < 0.5 ? bytes.length : undefined;
    const wanted = upTo(12);
    let seen = 0;
    const held = await hold(
      requestOf(chunks, { length }),
      createBudget(random() < 0.3 ? upTo(100) : 1000),
      () => ++seen >= wanted,
    );
    expect(await bytesOf(held.body)).toBe(Buffer.from(bytes).toString("latin1"));
  }
});
