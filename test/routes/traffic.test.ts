import { expect, test } from "bun:test";
import { createTraffic } from "../../src/routes/traffic.ts";
import { nextTurn } from "../support/next-turn.ts";

const forEver = new AbortController().signal;

test("who asks while nothing runs does not wait", async () => {
  await createTraffic().whenIdle(forEver);
});

test("all who wait are told when the last request has ended, and not before", async () => {
  const traffic = createTraffic();
  traffic.begin();
  traffic.begin();
  let told = 0;
  const waiting = [1, 2].map(() => traffic.whenIdle(forEver).then(() => told++));
  traffic.end();
  await nextTurn();
  expect([traffic.running(), told]).toEqual([1, 0]);
  traffic.end();
  await Promise.all(waiting);
  expect(traffic.running()).toBe(0);
});

test("who waits no more is let go while requests run", async () => {
  const traffic = createTraffic();
  const leaving = new AbortController();
  traffic.begin();
  const waiting = traffic.whenIdle(leaving.signal);
  leaving.abort();
  await waiting;
  await traffic.whenIdle(leaving.signal);
  expect(traffic.running()).toBe(1);
});
