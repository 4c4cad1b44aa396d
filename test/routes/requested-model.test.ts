import { describe, expect, test } from "bun:test";
import { createModelFinder } from "../../src/dialects/model-finder.ts";
import { createBudget, hold } from "../../src/proxy/hold.ts";
import { requestedModel } from "../../src/routes/requested-model.ts";
import { recordings } from "../support/recordings.ts";
import { parseMessage } from "../support/http-message.ts";
import { requestOf, type RequestParts } from "../support/request-of.ts";

/** The model of a body that comes in these chunks. */
async function modelOf(
  chunks: readonly (string | Uint8Array)[],
  parts: RequestParts = {},
  budget = createBudget(2 ** 30),
): Promise<string | undefined> {
  const finder = createModelFinder();
  const held = await hold(requestOf(chunks, parts), budget, (chunk) => finder.push(chunk));
  const model = requestedModel(held, finder);
  held.release();
  return model;
}

const whole = (text: string): Promise<string | undefined> =>
  modelOf([text], { length: Buffer.byteLength(text) });

describe("the model of a body with a length", () => {
  test.each([
    ["is named", '{"model":"a","messages":[]}', "a"],
    ["is named last", '{"messages":[],"model":"a"}', "a"],
    ["is the empty name", '{"model":""}', ""],
    ["is named before something that Ollama does not read", '{"model":"a"} and more', "a"],
    ["is unknown without a name", '{"messages":[]}', undefined],
    ["is unknown in a body that is no object", '["model"]', undefined],
    ["is unknown in a body that is no JSON", "model=a", undefined],
    ["is unknown in a body that is cut", '{"model":"a","messages":[', undefined],
    ["is unknown in a body that is wrong later on", '{"model":"a","messages":[}}', undefined],
    ["is unknown in a body with a comma too many", '{"model":"a",}', undefined],
    ["is unknown where it is no string", '{"model":{"name":"a"}}', undefined],
    ["is unknown in an empty body", "", undefined],
  ])("%s", async (_, text, model) => {
    expect(await whole(text)).toBe(model);
  });

  test("is taken unread from a body of over 64 KiB", async () => {
    const text = `{"model":"a","x":"${"x".repeat(65_536)}",}`;
    expect(await whole(text)).toBe("a");
  });

  test("is unknown in a body of 64 KiB that is wrong", async () => {
    const text = `{"model":"a","x":"${"x".repeat(65_000)}",}`;
    expect(await whole(text)).toBeUndefined();
  });
});

describe("the model of a body that is chunked", () => {
  test("is known as soon as it has come", async () => {
    expect(await modelOf(['{"mod', 'el":"a"', ',"messages":[]}'])).toBe("a");
  });

  test("is unknown if the body ends without it", async () => {
    expect(await modelOf(['{"messages"', ":[]}"])).toBeUndefined();
    expect(await modelOf(['{"mod'])).toBeUndefined();
    expect(await modelOf([])).toBeUndefined();
  });
});

test("the model of a request without a body is unknown", async () => {
  const request = new Request("http://exporter/api/chat", { method: "POST" });
  const finder = createModelFinder();
  const held = await hold(request, createBudget(10), (chunk) => finder.push(chunk));
  expect(requestedModel(held, finder)).toBeUndefined();
});

test("the model of a client that left is unknown", async () => {
  const error = new Error("the client is gone");
  expect(await modelOf(['{"messages":[],'], { error })).toBeUndefined();
  expect(await modelOf(['{"messages":[],'], { length: 100 })).toBeUndefined();
});

test("the model of a body that comes after the budget is used up is unknown", async () => {
  const chunks = ['{"messages":[],', '"options":{},', '"model":"a"}'];
  expect(await modelOf(chunks, {}, createBudget(20))).toBeUndefined();
  expect(await modelOf(chunks, {}, createBudget(40))).toBe("a");
});

test("the model of a body is known in time, however much others hold", async () => {
  const body = '{"model":"a","messages":[]}';
  expect(await modelOf([body], { length: body.length }, createBudget(0))).toBe("a");
  expect(await modelOf([body], {}, createBudget(0))).toBe("a");
});

test("the model of every recorded chat request is what its body says", async () => {
  const chats = recordings().filter(
    ({ method, path }) => method === "POST" && path === "/api/chat",
  );
  expect(chats.length).toBeGreaterThan(30);
  for (const { name, request } of chats) {
    const body = parseMessage(request, { kind: "request" })?.body ?? Buffer.alloc(0);
    const outcome = { name, model: await modelOf([body], { length: body.length }) };
    expect(outcome).toEqual({ name, model: modelIn(String(body)) });
  }
});

function modelIn(text: string): string | undefined {
  try {
    const { model } = JSON.parse(text) as { model?: unknown };
    return typeof model === "string" ? model : undefined;
  } catch {
    return undefined;
  }
}
