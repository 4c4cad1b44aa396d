import { expect, test } from "bun:test";
import {
  axisDuration,
  bytes,
  count,
  duration,
  perSecond,
  remaining,
  share,
} from "../../src/page/browser/view/format.ts";

test.each([
  [0, "0.0 ms"],
  [0.0049, "4.9 ms"],
  [0.0451, "45 ms"],
  [0.9996, "1.00 s"],
  [1.236, "1.24 s"],
  [12.34, "12.3 s"],
  [99.96, "1 min 40 s"],
  [200, "3 min 20 s"],
  [7260, "2 h 1 min"],
  [undefined, "–"],
  [Number.NaN, "–"],
])("a duration of %p is %p", (seconds, text) => {
  expect(duration(seconds)).toBe(text);
});

test.each([
  [0, "0"],
  [0.25, "250 ms"],
  [1.5, "1.5 s"],
  [90, "1.5 min"],
])("beside an axis %p is %p", (seconds, text) => {
  expect(axisDuration(seconds)).toBe(text);
});

test.each([
  [0.2, "1 s"],
  [119, "119 s"],
  [270, "5 min"],
  [86_400, "24 h"],
])("%p seconds remain as %p", (seconds, text) => {
  expect(remaining(seconds)).toBe(text);
});

test("numbers have their separators, and speeds a digit where it matters", () => {
  expect([count(1234567), perSecond(14.25), perSecond(140.25)]).toEqual([
    "1,234,567",
    "14.3",
    "140",
  ]);
  expect([share(0.785), bytes(2_778_566_656), bytes(595_142_144)]).toEqual([
    "79 %",
    "2.8 GB",
    "595 MB",
  ]);
});
