import { expect, test } from "bun:test";
import { createColors, MOST_PLOTTED } from "../../src/page/browser/colors.ts";
import type { Moment } from "../../src/page/browser/timeline.ts";

const POINT = { speed: 1, median: undefined, p95: undefined };

/** Moments at which these models have points. */
const momentsOf = (...models: readonly (readonly string[])[]): Moment[] =>
  models.map((names, at) => ({ at, points: new Map(names.map((name) => [name, POINT])) }));

test("a model keeps its colour when another becomes busier", () => {
  const colorsOf = createColors();
  const first = colorsOf(momentsOf(["a"], ["a", "b"]));
  expect([...first]).toEqual([
    ["a", 0],
    ["b", 1],
  ]);
  expect(Object.fromEntries(colorsOf(momentsOf(["b"], ["a", "b"])))).toEqual({ a: 0, b: 1 });
});

test("a colour is free again when its model has left the window", () => {
  const colorsOf = createColors();
  colorsOf(momentsOf(["a", "b"]));
  expect(Object.fromEntries(colorsOf(momentsOf(["b", "c"])))).toEqual({ b: 1, c: 0 });
});

test("of a crowd only the busiest have a colour, each its own", () => {
  const crowd = Array.from({ length: 30 }, (_, i) => `m${i}`);
  const colors = createColors()(momentsOf(crowd, ["m7", "m8", "m9"], ["m8"]));
  expect(colors.size).toBe(MOST_PLOTTED);
  expect(new Set(colors.values()).size).toBe(MOST_PLOTTED);
  expect([...colors.keys()].slice(0, 3)).toEqual(["m8", "m7", "m9"]);
});

test("a model without a figure has no colour", () => {
  const none = { speed: undefined, median: undefined, p95: undefined };
  expect(createColors()([{ at: 0, points: new Map([["a", none]]) }]).size).toBe(0);
});
