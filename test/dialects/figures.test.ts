import { describe, expect, test } from "bun:test";
import { readChat } from "../support/findings.ts";

const FIELDS = [
  ["total_duration", "total", 1e-9],
  ["load_duration", "load", 1e-9],
  ["prompt_eval_duration", "promptEval", 1e-9],
  ["eval_duration", "eval", 1e-9],
  ["prompt_eval_count", "promptTokens", 1],
  ["eval_count", "generatedTokens", 1],
] as const;

const told = async (final: string): Promise<unknown> => {
  const { findings } = await readChat([`${final}\n`]);
  expect(findings.length).toBe(1);
  return findings[0];
};

describe.each(FIELDS)("%s", (field, name, unit) => {
  test("is told in seconds or tokens", async () => {
    const answer = (await told(`{"done":true,"${field}":2500000000}`)) as Record<string, number>;
    expect(Object.keys(answer)).toEqual([name]);
    expect(answer[name]).toBeCloseTo(2_500_000_000 * unit, 12);
  });

  test.each([
    ["zero", "0"],
    ["minus zero", "-0.0"],
    ["negative", "-1"],
    ["beyond all numbers", "1e999"],
    ["below all numbers", "-1e999"],
    ["a string", '"5"'],
    ["null", "null"],
    ["true", "true"],
    ["a list", "[5]"],
    ["an object", '{"value":5}'],
  ])("is left out where it is %s", async (_, value) => {
    expect(await told(`{"done":true,"${field}":${value}}`)).toEqual({});
  });

  test("is left out where it is missing, and the others are not", async () => {
    const others = FIELDS.filter(([other]) => other !== field);
    const text = others.map(([other]) => `"${other}":1000000000`).join();
    const answer = (await told(`{"done":true,${text}}`)) as Record<string, number>;
    const names = others.map(([, key]) => key as string);
    // What is left of the total can be told where it and the load are.
    if (names.includes("total") && names.includes("load")) names.push("queue");
    expect(Object.keys(answer).toSorted()).toEqual(names.toSorted());
  });
});

test("a nanosecond is the billionth part of a second", async () => {
  expect(await told('{"done":true,"total_duration":1,"eval_duration":14921497912}')).toEqual({
    total: 1e-9,
    eval: 14.921497912,
  });
});

test("a count is told as it is", async () => {
  expect(await told('{"done":true,"eval_count":1}')).toEqual({ generatedTokens: 1 });
});

test.each(["stop", "length", "load", "unload", "something new"])(
  "the reason %j is told as it is",
  async (reason) => {
    expect(await told(`{"done":true,"done_reason":"${reason}"}`)).toEqual({ doneReason: reason });
  },
);

test("a reason that is no string is left out", async () => {
  expect(await told('{"done":true,"done_reason":7}')).toEqual({});
});

describe("the cached tokens of the prompt", () => {
  test.each([
    ["are told where there are some", "7", { cachedTokens: 7 }],
    ["are told where there are none", "0", { cachedTokens: 0 }],
    ["are left out where they are below zero", "-1", {}],
    ["are left out where they are a string", '"7"', {}],
    ["are left out where they are null", "null", {}],
  ])("%s", async (_, value, answer) => {
    expect(await told(`{"done":true,"prompt_eval_cached_count":${value}}`)).toEqual(answer);
  });
});

async function queueOf(fields: string): Promise<unknown> {
  return ((await told(`{"done":true,${fields}}`)) as { queue?: number }).queue;
}

describe("the queue is what is left of the total", () => {
  const TOTAL = '"total_duration":8000000000';
  const LOAD = '"load_duration":1000000000';

  test.each([
    [
      "all parts",
      `${TOTAL},${LOAD},"prompt_eval_duration":500000000,"eval_duration":250000000`,
      6.25,
    ],
    ["no prompt", `${TOTAL},${LOAD},"eval_duration":250000000`, 6.75],
    ["no generation", `${TOTAL},${LOAD},"prompt_eval_duration":500000000`, 6.5],
    ["neither", `${TOTAL},${LOAD}`, 7],
    ["nothing left", `"total_duration":1000000000,${LOAD}`, 0],
    ["more in the parts than in the total", `${TOTAL},${LOAD},"eval_duration":9000000000`, 0],
  ])("with %s", async (_, fields, queue) => {
    expect(await queueOf(fields)).toBe(queue);
  });

  test.each([
    ["a total", `${LOAD},"eval_duration":250000000`],
    ["a load", `${TOTAL},"eval_duration":250000000`],
    ["a load above zero", `${TOTAL},"load_duration":0`],
  ])("and not told without %s", async (_, fields) => {
    expect(await queueOf(fields)).toBeUndefined();
  });
});
