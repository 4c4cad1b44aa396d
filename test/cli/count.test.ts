import { expect, test } from "bun:test";
import { parseCount } from "../../src/cli/count.ts";

test.each([
  ["1", 1],
  ["100", 100],
  ["007", 7],
  ["10000", 10_000],
])("the count %j is %d", (text, count) => {
  expect(parseCount(text, "--max-models")).toBe(count);
});

test.each(["", "0", "-1", "+5", "1.5", "1e3", "0x10", " 5", "5 ", "ten", "10001", "9".repeat(400)])(
  "the count %j is refused with the range",
  (text) => {
    expect(() => parseCount(text, "--max-models")).toThrow(
      /^--max-models ".* is not a number: use 1 to 10000, as in --max-models 100$/,
    );
  },
);
