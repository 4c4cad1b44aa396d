import { expect, test } from "bun:test";
import { Gauge, Histogram } from "prom-client";
import { nextTurn } from "../support/next-turn.ts";
import { rising, stage, turnsOf, valueOf } from "./page-turns-stage.ts";

test("a text page is what the registry itself would show", async () => {
  const { page, registry } = stage();
  const registers = [registry];
  const help = 'Says "so" with a \\ and a line\nbreak.';
  const labelled = new Gauge({ name: "labelled", help, labelNames: ["a", "b"], registers });
  labelled.set({ a: 'quoted "\\\n', b: "ü" }, -Infinity);
  labelled.set({ a: "" }, 1e-7);
  const histogram = new Histogram({ name: "by_a", help, labelNames: ["a"], registers });
  histogram.observe({ a: '"' }, 1e21);
  expect(await page()).toBe(await registry.metrics());
});

test.each(["text", "openmetrics"] as const)(
  "other work goes on between two histograms as %s",
  async (format) => {
    const { page } = stage();
    expect(await turnsOf(page(format))).toBeGreaterThanOrEqual(2);
  },
);

test("counters that rise together are equal on every page, though others are in the making", async () => {
  const { page, counters } = stage();
  await using _ = rising(counters);
  const seen = new Set<string | undefined>();
  for (let scrape = 0; scrape < 50; scrape++) {
    const text = await page();
    seen.add(valueOf(text, "first_total"));
    expect(valueOf(text, "last_total")).toBe(valueOf(text, "first_total"));
  }
  expect(seen.size).toBeGreaterThan(40);
});

test("what is counted at once is equal on a page, though it rises while the values are read", async () => {
  const { page, counters } = stage();
  const rendered = page();
  for (let microtask = 0; microtask < 100; microtask++) {
    for (const counter of counters) counter.inc();
    await Promise.resolve();
  }
  const text = await rendered;
  expect(valueOf(text, "last_total")).toBe(valueOf(text, "first_total"));
});

test("a histogram adds up in itself, though it goes on while the page is made", async () => {
  const { page, registry } = stage();
  const histogram = registry.getSingleMetric("two_seconds") as Histogram;
  const observed = { inc: () => histogram.observe(2) };
  await using _ = rising([observed]);
  const seen = new Set<string | undefined>();
  for (let scrape = 0; scrape < 50; scrape++) {
    const text = await page();
    const count = valueOf(text, "two_seconds_count");
    seen.add(count);
    expect(Number(valueOf(text, "two_seconds_sum"))).toBe(2 * Number(count));
    expect(text).toContain(`two_seconds_bucket{le="+Inf"} ${count}\n`);
    expect(text).toContain(`two_seconds_bucket{le="2.5"} ${count}\n`);
  }
  expect(seen.size).toBeGreaterThan(40);
});

test("a page shows what was counted before it was asked for, though another one is in the making", async () => {
  const { page, counters } = stage();
  const before = page();
  await nextTurn();
  counters[0]?.inc();
  expect(valueOf(await page(), "first_total")).toBe("1");
  expect(valueOf(await before, "first_total")).toBe("0");
});

test("a page that fails takes no other with it", async () => {
  let fail = true;
  const { page } = stage(() => {
    if (fail) throw new Error("cannot be read");
  });
  const failed = page().catch(String);
  const other = page("openmetrics").catch(String);
  expect(await failed).toContain("cannot be read");
  expect(await other).toContain("cannot be read");
  fail = false;
  expect(await page()).toContain("first_total 0");
  expect(await page("openmetrics")).toContain("first_total 0");
});
