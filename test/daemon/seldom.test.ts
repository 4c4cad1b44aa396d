import { expect, test } from "bun:test";
import { seldom } from "../../src/daemon/seldom.ts";

const MINUTE = 60_000;

/** A message that is meant at these times; what is told at each. */
function toldAt(times: readonly number[]): (number | undefined)[] {
  let now = 0;
  let told: number | undefined;
  const say = seldom(
    (count) => void (told = count),
    () => now,
  );
  return times.map((time) => {
    now = time;
    told = undefined;
    say();
    return told;
  });
}

test("the first message is told at once", () => {
  expect(toldAt([0])).toEqual([1]);
});

test("a message is told once a minute at most, with how often it was meant", () => {
  const times = [0, 1, 2, MINUTE - 1, MINUTE, MINUTE + 1, 2 * MINUTE];
  expect(toldAt(times)).toEqual([1, undefined, undefined, undefined, 4, undefined, 2]);
});

test("a message after a long silence is told at once, as one", () => {
  expect(toldAt([0, 10 * MINUTE])).toEqual([1, 1]);
});

test("10,000 messages in a second are one line", () => {
  const told = toldAt(Array.from({ length: 10_000 }, (_, i) => i / 10));
  expect(told.filter((count) => count !== undefined)).toEqual([1]);
});

test("two messages do not silence each other", () => {
  const told: string[] = [];
  const [one, other] = [seldom(() => told.push("one")), seldom(() => told.push("other"))];
  for (const say of [one, other, one, other]) say();
  expect(told).toEqual(["one", "other"]);
});
