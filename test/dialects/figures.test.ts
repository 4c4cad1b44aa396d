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
    expect(Object.keys(answer).toSorted()).toEqual(others.map(([, key]) => key).toSorted());
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
