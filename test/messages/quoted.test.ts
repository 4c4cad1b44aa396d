import { expect, test } from "bun:test";
import { quoted } from "../../src/messages/quoted.ts";

test.each([
  ["plain", '"plain"'],
  ['a"b', '"a\\"b"'],
  ["two\nlines\r", '"two\\nlines\\r"'],
  ["\u001B[31mred", '"\\u001b[31mred"'],
  ["\u009B31m\u2028\u202E", '"\\u{9b}31m\\u{2028}\\u{202e}"'],
  ["\uD800", '"\\ud800"'],
])("a value is shown on one line: %j", (value, shown) => {
  expect(quoted(value)).toBe(shown);
});

test("a value is cut to 100 characters", () => {
  expect(quoted("x".repeat(100))).toBe(`"${"x".repeat(100)}"`);
  expect(quoted("x".repeat(101))).toBe(`"${"x".repeat(100)}…"`);
});

test("a value that may hold a password is not shown", () => {
  expect(quoted("http://name:secret@h")).not.toContain("secret");
});
