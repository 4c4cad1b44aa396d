import { expect, test } from "bun:test";
import { createRandom } from "../../scripts/simulated-ollama/random.ts";
import { change, growsWithoutBound, type Point } from "../../scripts/soak/trend.ts";
import { median } from "../../scripts/statistics.ts";

const LIMIT = { steady: 6, total: 32 };
const SAMPLES = 225;
const SEEDS = Array.from({ length: 12 }, (_, seed) => seed);

/** A value a second, with noise of up to 10 either way around what the shape says from 0 to 1. */
function points(shape: (part: number) => number, seed: number): Point[] {
  const random = createRandom(seed);
  return Array.from({ length: SAMPLES }, (_, index) => ({
    at: index * 1000,
    value: 90 + shape(index / SAMPLES) + (random() - 0.5) * 20,
  }));
}

/** For how much of the noise a shape is growth: 0 for none, 1 for all. */
function verdict(shape: (part: number) => number): number {
  const grows = SEEDS.filter((seed) => growsWithoutBound(points(shape, seed), LIMIT));
  return grows.length / SEEDS.length;
}

test("flat noise is no growth", () => {
  expect(verdict(() => 0)).toBe(0);
});

test("a slow leak is growth that the noise does not hide", () => {
  expect(verdict((part) => 27 * part)).toBe(1);
});

test("a step that levels off is no growth, wherever it comes", () => {
  for (const place of [0.1, 0.3, 0.5, 0.7, 0.9]) {
    expect(verdict((part) => (part < place ? 0 : 20))).toBe(0);
  }
});

test("growth that slows down and stops is no growth", () => {
  expect(verdict((part) => 20 * (1 - Math.exp(-8 * part)))).toBe(0);
});

test("growth that only begins late is growth once it is large", () => {
  expect(verdict((part) => Math.max(0, part - 0.6) * 250)).toBe(1);
});

test("what shrinks does not grow", () => {
  expect(verdict((part) => -60 * part)).toBe(0);
});

test("growth in each half that is lost again between them is none", () => {
  expect(verdict((part) => (part < 0.5 ? 24 * part : 24 * (part - 0.5)))).toBe(0);
});

test("one more each time is growth where no growth is allowed, and none is not", () => {
  const [rising, level] = [1, 0].map((step) => SEEDS.map((at) => ({ at, value: 7 + at * step })));
  expect(growsWithoutBound(rising!, { steady: 0, total: 90 })).toBeTrue();
  expect(growsWithoutBound(level!, { steady: 0, total: 90 })).toBeFalse();
});

test("the change is the slope over all the time, whatever the outliers", () => {
  const rising = SEEDS.map((at) => ({ at, value: at === 3 ? 900 : 2 * at }));
  expect(change(rising)).toBeCloseTo(2 * 11, 9);
  expect(change([])).toBeNaN();
});

test("the median of an even number of values lies between the two in the middle", () => {
  expect([median([3, 1, 2]), median([4, 1, 3, 2]), median([7])]).toEqual([2, 2.5, 7]);
  expect(median([])).toBeNaN();
});
