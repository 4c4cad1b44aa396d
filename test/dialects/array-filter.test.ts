import { describe, expect, test } from "bun:test";
import { createArrayFilter } from "../../src/dialects/array-filter.ts";

const filtered = (kept: number, ...pieces: string[]): string => {
  const filter = createArrayFilter(kept);
  return pieces.map(filter).join("");
};

const TEXTS = [
  ["no array", '{"a":1,"b":"c"}', '{"a":1,"b":"c"}'],
  ["numbers", '{"a":[1,[2,3],[]],"b":4}', '{"a":[],"b":4}'],
  ["brackets in strings", '{"a":"[","b":["]"],"c":"]["}', '{"a":"[","b":[],"c":"]["}'],
  [
    "quotes in strings",
    String.raw`{"a":"\"[","b":["\"]"],"c":0}`,
    String.raw`{"a":"\"[","b":[],"c":0}`,
  ],
  [
    "backslashes",
    String.raw`{"a":"\\","b":["\\"],"c":"\\\\"}`,
    String.raw`{"a":"\\","b":[],"c":"\\\\"}`,
  ],
  ["objects", '{"a":[{"b":[{"c":1}]}],"d":{"e":[2],"f":3}}', '{"a":[],"d":{"e":[],"f":3}}'],
] as const;

describe.each(TEXTS)("a text with %s", (_, text, wanted) => {
  test("keeps all but what its arrays hold", () => {
    expect(filtered(0, text)).toBe(wanted);
  });

  test("keeps the same when it is cut in three anywhere", () => {
    for (let a = 0; a <= text.length; a++) {
      for (let b = a; b <= text.length; b++) {
        expect(filtered(0, text.slice(0, a), text.slice(a, b), text.slice(b))).toBe(wanted);
      }
    }
  });

  test("keeps all where its arrays are wanted", () => {
    expect(filtered(9, text)).toBe(text);
  });
});

test("arrays that are nested deeper than what is wanted are empty", () => {
  expect(filtered(1, '{"a":[{"b":[1],"c":2},[3]],"d":[]}')).toBe(
    '{"a":[{"b":[],"c":2},[]],"d":[]}',
  );
});

test.each(["]]]]", "[[[[", '"""', "\\\\[", '["', "}{", "]1[2]3["])(
  "the text %j is filtered without complaint",
  (text) => {
    expect(filtered(0, text, text).length).toBeLessThanOrEqual(2 * text.length);
  },
);
