import { expect, test } from "bun:test";
import { nearest } from "../../src/messages/nearest.ts";

const FLAGS = ["upstream", "listen", "metrics-listen", "log-level", "log-format"];

test.each([
  ["lisen", "listen"],
  ["lsiten", "listen"],
  ["LISTEN", "listen"],
  ["metrics_listen", "metrics-listen"],
  ["loglevel", "log-level"],
  ["log-lvl", "log-level"],
  ["up-stream", "upstream"],
])("%s is a slip of %s", (word, meant) => {
  expect(nearest(word, FLAGS)).toBe(meant);
});

test.each(["port", "lis", "", "metrics", "a".repeat(10_000)])(
  "%.10s is close to nothing",
  (word) => {
    expect(nearest(word, FLAGS)).toBeUndefined();
  },
);

test("a short word forgives one slip only", () => {
  expect(nearest("chek", ["check"])).toBe("check");
  expect(nearest("chcek", ["check"])).toBe("check");
  expect(nearest("chk", ["check"])).toBeUndefined();
});

test("the closest of several is taken", () => {
  expect(nearest("lisren", ["lisbon", "listen"])).toBe("listen");
});
