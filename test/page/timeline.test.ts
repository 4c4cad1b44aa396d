import { expect, test } from "bun:test";
import { sum } from "../../src/page/browser/families.ts";
import { createTimeline, type Timeline, WINDOW_MS } from "../../src/page/browser/timeline.ts";
import { chatted, familiesOf } from "./pages.ts";

const SECOND = 1000;

/** A timeline of scrapes at these seconds, after as many requests. */
function timelineOf(scrapes: Readonly<Record<number, readonly string[]>>): Timeline {
  const timeline = createTimeline();
  for (const [second, lines] of Object.entries(scrapes)) {
    const at = Number(second) * SECOND;
    timeline.push({ at, serverAt: at, families: familiesOf(...lines) });
  }
  return timeline;
}

const requestsLately = (timeline: Timeline): number | undefined => {
  const lately = timeline.lately();
  return lately && sum(lately, "ollama_requests_total");
};

const buckets = (count: number) => ({ "0.5": count, "1.5": count, "+Inf": count });

const crowd = (scale: number): string[] =>
  Array.from({ length: 200 }, (_, i) => chatted(`m${i}`, i * scale)).flat();

test("before the second scrape nothing is known of the last minutes", () => {
  const timeline = timelineOf({ 0: chatted("a", 3) });
  expect(timeline.lately()).toBeUndefined();
  expect(timeline.moments().map(({ points }) => points.size)).toEqual([0]);
});

test("what has grown in the last five minutes is added up, and no more", () => {
  const timeline = timelineOf({
    0: chatted("a", 3),
    30: chatted("a", 4),
    60: chatted("a", 6),
    ...Object.fromEntries(Array.from({ length: 10 }, (_, i) => [90 + i * 30, chatted("a", 7)])),
  });
  expect(requestsLately(timeline)).toBe(1);
});

test("a point is of the last minute alone", () => {
  const timeline = timelineOf({
    0: chatted("a", 0),
    30: chatted("a", 2, buckets(2)),
    60: chatted("a", 2, buckets(2)),
    90: chatted("a", 2, buckets(2)),
  });
  const points = timeline.moments().map((moment) => moment.points.get("a"));
  const known = { speed: 20, median: 0.25, p95: 0.475 };
  expect(points).toEqual([undefined, known, known, undefined]);
});

test("what has grown in more than a minute without a scrape could be of any time and is not shown", () => {
  const timeline = timelineOf({ 0: chatted("a", 1), 61: chatted("a", 9), 62: chatted("a", 10) });
  expect(requestsLately(timeline)).toBe(1);
  expect(timeline.moments()[1]?.points.size).toBe(0);
});

test("nothing is kept for longer than the window, however often the page is asked for", () => {
  const every = Array.from({ length: 2000 }, (_, i) => [i, chatted("a", i)] as const);
  const moments = timelineOf(Object.fromEntries(every)).moments();
  expect(moments.length).toBe(WINDOW_MS / SECOND);
  expect(moments[0]?.at).toBe((2000 - WINDOW_MS / SECOND) * SECOND);
});

test("no more than fifty models have points at a moment, the busiest ones", () => {
  const moments = timelineOf({ 0: crowd(1), 5: crowd(2) }).moments();
  expect([...moments[1]!.points.keys()]).toEqual(
    Array.from({ length: 50 }, (_, i) => `m${199 - i}`),
  );
});
