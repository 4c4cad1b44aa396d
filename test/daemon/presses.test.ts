import { expect, test } from "bun:test";
import { createPresses } from "../../src/daemon/presses.ts";

let clock = 0;
const presses = () => {
  clock = 0;
  return createPresses(() => clock);
};

test("a signal that is told twice at once is one press", () => {
  const press = presses();
  expect(press("SIGINT")).toBe(1);
  clock = 499;
  expect(press("SIGINT")).toBe(1);
});

test("the same signal later is another press, however often it was told before", () => {
  const press = presses();
  press("SIGINT");
  clock = 400;
  press("SIGINT");
  clock = 500;
  expect(press("SIGINT")).toBe(2);
});

test("another signal is another press, even at once", () => {
  const press = presses();
  press("SIGINT");
  expect(press("SIGTERM")).toBe(2);
});
