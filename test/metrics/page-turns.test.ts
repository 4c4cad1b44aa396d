import { expect, test } from "bun:test";
import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { createPage } from "../../src/metrics/page.ts";
import { nextTurn } from "../support/next-turn.ts";

interface Scene {
  readonly page: () => Promise<string>;
  readonly registry: Registry;
  readonly counters: readonly Counter[];
}

/** Two counters of the same events around histograms, and a gauge that sees each rendering begin. */
function stage(onRender: () => void = () => {}): Scene {
  const registry = new Registry();
  const registers = [registry];
  const counter = (name: string): Counter => new Counter({ name, help: "A count.", registers });
  const histogram = (name: string): Histogram => new Histogram({ name, help: "Times.", registers });
  const first = counter("first_total");
  histogram("one_seconds").observe(1);
  histogram("two_seconds").observe(2);
  const last = counter("last_total");
  registry.registerMetric(
    new Gauge({ name: "renderings", help: "Renderings.", registers: [], collect: onRender }),
  );
  return { page: createPage(registry), registry, counters: [first, last] };
}

const valueOf = (page: string, name: string): string | undefined =>
  new RegExp(`^${name} (.+)$`, "m").exec(page)?.[1];

test("a page is what the registry itself would show", async () => {
  const { page, registry } = stage();
  expect(await page()).toBe(await registry.metrics());
});

test("other work goes on between two histograms", async () => {
  const { page } = stage();
  let turns = 0;
  let rendering = true;
  const rendered = page().then(() => (rendering = false));
  for (await nextTurn(); rendering; await nextTurn()) turns++;
  await rendered;
  expect(turns).toBeGreaterThanOrEqual(2);
});

test("counters that rise together are equal on every page, though others are in the making", async () => {
  const { page, counters } = stage();
  let going = true;
  const rising = (async () => {
    while (going) {
      for (const counter of counters) counter.inc();
      await nextTurn();
    }
  })();
  const seen = new Set<string | undefined>();
  for (let scrape = 0; scrape < 50; scrape++) {
    const text = await page();
    seen.add(valueOf(text, "first_total"));
    expect(valueOf(text, "last_total")).toBe(valueOf(text, "first_total"));
  }
  going = false;
  await rising;
  expect(seen.size).toBeGreaterThan(40);
});

test("a histogram shows what it had when the counters were read", async () => {
  const { page, registry, counters } = stage();
  const histogram = registry.getSingleMetric("two_seconds") as Histogram;
  const rendered = page();
  await nextTurn();
  counters[0]?.inc();
  histogram.observe(1);
  const text = await rendered;
  expect(valueOf(text, "first_total")).toBe("0");
  expect(valueOf(text, "two_seconds_count")).toBe("1");
});

test("a page shows what was counted before it was asked for, though another one is in the making", async () => {
  const { page, counters } = stage();
  const before = page();
  await nextTurn();
  counters[0]?.inc();
  expect(valueOf(await page(), "first_total")).toBe("1");
  expect(valueOf(await before, "first_total")).toBe("0");
});

test("a hundred scrapes at once cost two renderings", async () => {
  let renderings = 0;
  const { page } = stage(() => void renderings++);
  const first = page();
  await nextTurn();
  const pages = await Promise.all(Array.from({ length: 99 }, () => page()));
  expect(new Set(pages).size).toBe(1);
  await first;
  expect(renderings).toBe(2);
});

test("a page that fails takes no other with it", async () => {
  let fail = true;
  const { page } = stage(() => {
    if (fail) throw new Error("cannot be read");
  });
  const failed = page().catch(String);
  expect(await failed).toContain("cannot be read");
  fail = false;
  expect(await page()).toContain("first_total 0");
});
