import { describe, expect, test } from "bun:test";
import type { Answer } from "../../src/exchange.ts";
import { startingWith } from "../support/exposition.ts";
import { after } from "./after.ts";

/** The seconds and tokens by phase after these answers to one model. */
async function phasesOf(...answers: readonly Answer[]): Promise<Record<string, number>> {
  const samples = await after((metrics) => {
    metrics.arrived("a");
    for (const answer of answers) metrics.answered("a:latest", answer);
  });
  const series = Object.entries(startingWith(samples, "ollama_phase_"));
  return Object.fromEntries(series.map(([name, value]) => [name.replace(SERIES, "$2 $1"), value]));
}

const SERIES = /^ollama_phase_(\w+)_total\{model="a:latest",phase="(\w+)"\}$/;

const NONE = {
  "load seconds": 0,
  "prompt seconds": 0,
  "generation seconds": 0,
  "queue seconds": 0,
  "prompt tokens": 0,
  "generation tokens": 0,
};

/** Tells everything; in halves and quarters, which add up exactly. */
const WHOLE: Answer = {
  total: 4,
  load: 1,
  promptEval: 0.5,
  eval: 2,
  queue: 0.5,
  promptTokens: 30,
  cachedTokens: 10,
  generatedTokens: 7,
};

test("all phases are at 0 from a model's first request on", async () => {
  expect(await phasesOf()).toEqual(NONE);
});

test("an answer that tells everything is in all of them, and its phases make its total", async () => {
  const phases = await phasesOf(WHOLE);
  expect(phases).toEqual({
    "load seconds": 1,
    "prompt seconds": 0.5,
    "generation seconds": 2,
    "queue seconds": 0.5,
    "prompt tokens": 20,
    "generation tokens": 7,
  });
});

test("answers add up", async () => {
  const phases = await phasesOf(WHOLE, WHOLE, WHOLE);
  expect(phases["generation seconds"]).toBe(6);
  expect(phases["generation tokens"]).toBe(21);
});

describe("an answer that does not tell its total or its load is in none", () => {
  test.each([
    ["usage alone, as of another API", { total: 3, promptTokens: 9, generatedTokens: 9 }],
    ["everything but the queue", { ...WHOLE, queue: undefined }],
    ["everything but the load", { ...WHOLE, load: undefined }],
    ["nothing", {}],
  ])("%s", async (_, answer) => {
    expect(await phasesOf(answer as Answer)).toEqual(NONE);
  });
});

test("tokens whose time is not told are not counted, since a speed would divide them", async () => {
  const { promptEval, eval: _, ...untimed } = WHOLE;
  expect(promptEval).toBe(0.5);
  expect(await phasesOf(untimed)).toEqual({ ...NONE, "load seconds": 1, "queue seconds": 0.5 });
});

test("a prompt that was cached as a whole has no tokens, and never less", async () => {
  const phases = await phasesOf({ ...WHOLE, promptTokens: 10, cachedTokens: 12 });
  expect(phases["prompt tokens"]).toBe(0);
});

test.each([
  ["prompt tokens", "promptTokens"],
  ["generated tokens", "generatedTokens"],
] as const)(
  "an answer that tells the time of its %s but not their number is in none",
  async (_, field) => {
    const { [field]: _left, ...rest } = WHOLE;
    expect(await phasesOf(rest)).toEqual(NONE);
  },
);
