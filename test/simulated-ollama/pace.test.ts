import { expect, test } from "bun:test";

import { DEFAULT_MODELS } from "../../scripts/simulated-ollama/default-models.ts";
import { startSimulatedOllama } from "../../scripts/simulated-ollama/server.ts";
import { post, question, readLines } from "./post.ts";

const DURATIONS = ["load_duration", "prompt_eval_duration", "eval_duration"];

test("at a pace the figures are what the clock says", async () => {
  const ollama = startSimulatedOllama({ pace: 0.05 });
  const started = Bun.nanoseconds();
  const lines = await readLines(await post(ollama, "/api/chat", question("llama3.2")));
  const elapsed = Bun.nanoseconds() - started;
  await ollama.stop();
  const last = lines.at(-1) ?? {};
  const sum = DURATIONS.reduce((total, field) => total + Number(last[field]), 0);
  expect(Number(last["total_duration"])).toBeGreaterThanOrEqual(sum);
  expect(Number(last["total_duration"])).toBeLessThan(elapsed);
  // Cold load and every token but the first, less the jitter.
  expect(Number(last["load_duration"])).toBeGreaterThan(0.05 * 1500e6 * 0.9);
  // Timers know whole milliseconds only.
  const waits = Number(last["eval_count"]) - 1;
  expect(Number(last["eval_duration"])).toBeGreaterThan(0.05 * 70e6 * 0.75 * waits);
});

test("at pace 0 the figures are the nominal ones and the same for the same request", async () => {
  const ollama = startSimulatedOllama({ pace: 0 });
  const ask = async (): Promise<Record<string, unknown>> =>
    (await readLines(await post(ollama, "/api/chat", question("llama3.2")))).at(-1) ?? {};
  const [cold, warm, again] = [await ask(), await ask(), await ask()];
  await ollama.stop();
  expect(Number(cold["load_duration"]) / 1e6).toBeWithin(1400, 1600);
  expect(Number(warm["load_duration"]) / 1e6).toBeWithin(90, 110);
  const perToken = Number(warm["eval_duration"]) / (Number(warm["eval_count"]) - 1) / 1e6;
  expect(perToken).toBeWithin(65, 75);
  expect({ ...again, created_at: "" }).toEqual({ ...warm, created_at: "" });
  for (const field of ["total_duration", ...DURATIONS]) expect(warm[field]).toBeInteger();
});

test("the seed decides the words, and some are not ASCII", async () => {
  const ollama = startSimulatedOllama({ pace: 0 });
  const ask = async (seed: number): Promise<string> => {
    const body = question("llama3.2", { stream: false, options: { seed, num_predict: 20 } });
    const { message } = (await readLines(await post(ollama, "/api/chat", body)))[0] ?? {};
    return JSON.stringify(message);
  };
  const [one, again, two] = [await ask(1), await ask(1), await ask(2)];
  await ollama.stop();
  expect(one).toBe(again);
  expect(one).not.toBe(two);
  expect(Buffer.byteLength(one)).toBeGreaterThan(one.length);
});

test("each model has its own speed and details", () => {
  expect(new Set(DEFAULT_MODELS.map(({ speed }) => speed.token)).size).toBe(DEFAULT_MODELS.length);
  expect(new Set(DEFAULT_MODELS.map(({ digest }) => digest)).size).toBe(DEFAULT_MODELS.length);
});
