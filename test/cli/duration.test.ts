import { describe, expect, test } from "bun:test";
import { parseDuration } from "../../src/cli/duration.ts";

describe("a duration is read in milliseconds", () => {
  test.each([
    ["0", 0],
    ["0s", 0],
    ["500ms", 500],
    ["25s", 25_000],
    ["1.5s", 1500],
    ["1.001s", 1001],
    ["1m30s", 90_000],
    ["2h", 7_200_000],
    ["1h1m1s1ms", 3_661_001],
    ["24h", 86_400_000],
  ])("%s is %d", (text, duration) => {
    expect(parseDuration(text, "--grace-period")).toBe(duration);
  });
});

const NO_UNIT = "has no unit: use ms, s, m or h, as in --grace-period 25s";
const NOT_ONE = "is not a duration: use numbers with ms, s, m or h, as in --grace-period 1m30s";
const TOO_LONG = "is too long: use at most 24h";

describe("a duration that cannot be meant is refused", () => {
  test.each([
    ["25", NO_UNIT],
    ["1.5", NO_UNIT],
    ["", NOT_ONE],
    ["s", NOT_ONE],
    ["-1s", NOT_ONE],
    ["1 s", NOT_ONE],
    ["1m30", NOT_ONE],
    ["1d", NOT_ONE],
    ["1.s", NOT_ONE],
    ["1S", NOT_ONE],
    ["24h1ms", TOO_LONG],
    [`${"9".repeat(60)}s`, TOO_LONG],
  ])("%j", (text, problem) => {
    expect(() => parseDuration(text, "--grace-period")).toThrow(
      `--grace-period ${JSON.stringify(text)} ${problem}`,
    );
  });
});
