import { describe, expect, test } from "bun:test";
import type { ProbedEndpoint } from "../../src/ollama-state.ts";
import { answerOf } from "../support/raw-upstream.ts";
import { MODEL, startScriptedOllama } from "./scripted-ollama.ts";

const LONG = 2000;

/** What is read when one endpoint answers so, and the others as Ollama does. */
async function stateWith(endpoint: ProbedEndpoint, answer: unknown) {
  await using ollama = await startScriptedOllama();
  ollama.answers[endpoint] = answer;
  const state = await ollama.reader.read(LONG);
  return { ...state, success: state.probes.get(endpoint)?.success };
}

const raw = (answer: string) => (socket: { write(text: string): void }) => socket.write(answer);
const body = (text: string) => raw(answerOf(text));

describe.each(["ps", "tags"] as const)("An answer of %s that cannot be read", (endpoint) => {
  test.each([
    ["nothing", body("")],
    ["no JSON", body("<html>")],
    ["JSON that breaks off", body('{"models":[')],
    ["null", null],
    ["a list", []],
    ["a number", 1],
    ["no models", {}],
    ["models that are no list", { models: { 0: MODEL } }],
    ["a model that is text", { models: ["a:latest"] }],
    ["a model that is null", { models: [MODEL, null] }],
    ["a model that is a list", { models: [[MODEL]] }],
    ["a model without a name", { models: [{ size: 1 }] }],
    ["a name that is a number", { models: [{ ...MODEL, model: 7 }] }],
    ["a name that is a list", { models: [{ ...MODEL, model: ["a"] }] }],
    ["a deep nest", body("[".repeat(200_000))],
    ["another status", raw(answerOf('{"models":[]}', { status: "500 Internal Server Error" }))],
    ["a redirect", raw(answerOf("", { status: "302 Found", fields: ["Location: /api/tags"] }))],
    ["five megabytes", body(`{"models":[]${" ".repeat(5 * 1024 * 1024)}}`)],
    ["no HTTP", raw("what?\r\n\r\n what? what? what?")],
  ])("is a probe that failed: %s", async (_, answer) => {
    const { success, ...state } = await stateWith(endpoint, answer);
    expect(success).toBe(false);
    expect(state.up).toBe(true);
    expect(state[endpoint === "ps" ? "loaded" : "installed"]).toBeUndefined();
    expect(state[endpoint === "ps" ? "installed" : "loaded"]).toHaveLength(1);
  });

  test("is not null for no models, as old versions write it", async () => {
    const { success, ...state } = await stateWith(endpoint, { models: null });
    expect(success).toBe(true);
    expect(state[endpoint === "ps" ? "loaded" : "installed"]).toEqual([]);
  });
});

test.each([[null], [{}], [{ version: 7 }], [{ version: "" }], [{ version: "\n" }], ["0.24.0"]])(
  "The version %j is none",
  async (answer) => {
    const { success, up, version } = await stateWith("version", answer);
    expect({ success, up, version }).toEqual({ success: false, up: true, version: undefined });
  },
);

test("Figures that are no amounts are absent, and the model is there", async () => {
  const wrong = ["1", -1, null, true, [1], {}, undefined];
  const models = wrong.map((value, index) => ({
    model: `m${index}`,
    size: value,
    size_vram: value,
    context_length: value,
    expires_at: value,
  }));
  const state = await stateWith("ps", { models });
  expect(state.loaded).toEqual(wrong.map((_, index) => ({ model: `m${index}` })));
  const huge = '{"models":[{"name":"a","size":1e999,"size_vram":0,"context_length":-0}]}';
  const { loaded } = await stateWith("ps", body(huge));
  expect(loaded).toEqual([{ model: "a", vramBytes: 0, contextTokens: -0 }]);
});

test("A name that is longer than any is none", async () => {
  const long = "a".repeat(1_000_000);
  const { installed } = await stateWith("tags", { models: [MODEL, { ...MODEL, model: long }] });
  expect(installed?.map(({ model }) => model)).toEqual(["a:latest", ""]);
});

test("Details are short text without control characters, whatever they were", async () => {
  const details = [
    { family: "x".repeat(1_000_000), parameter_size: "3\n.2\u001b[2JB\u2028\u202e", size: 1 },
    { family: "\ud800\ud83d\ude00".repeat(200), quantization_level: '"Q4"\\' },
    { family: ["llama"], parameter_size: 3.2, quantization_level: { a: 1 } },
    "llama",
    null,
  ];
  const models = details.map((one) => ({ model: "a", details: one }));
  const { installed } = await stateWith("tags", { models });
  const none = { family: "", parameterSize: "", quantization: "" };
  expect(installed?.map((one) => one.details)).toEqual([
    { ...none, family: "x".repeat(64), parameterSize: "3.2[2JB" },
    { ...none, family: "\ud83d\ude00".repeat(64), quantization: '"Q4"\\' },
    none,
    none,
    none,
  ]);
});

test("A version is short text without control characters", async () => {
  const { version } = await stateWith("version", {
    version: `1\n# TYPE x\u0000${"y".repeat(999)}`,
  });
  expect(version).toBe(`1# TYPE x${"y".repeat(55)}`);
});

test.each([
  ["2026-11-22T12:06:52.320129509Z", 1_795_349_212.32],
  ["2026-08-21T12:05:00.12-07:00", 1_787_339_100.12],
  ["2001-01-01T00:00:00Z", 978_307_200],
  ["2319-03-04T11:49:09.270604819Z", Infinity],
  ["0001-01-01T00:00:00Z", undefined],
  ["1970-01-01T00:00:00Z", undefined],
  ["soon", undefined],
  ["+999999-01-01T00:00:00Z", undefined],
])("A model that expires at %s does so at %p", async (time, seconds) => {
  const { loaded } = await stateWith("ps", { models: [{ ...MODEL, expires_at: time }] });
  expect(loaded?.[0]?.expiresAt).toBe(seconds as number);
});

test("Ten thousand models are read", async () => {
  const models = Array.from({ length: 10_000 }, (_, index) => ({ ...MODEL, model: `m${index}` }));
  const { installed } = await stateWith("tags", { models });
  expect(installed).toHaveLength(10_000);
});
