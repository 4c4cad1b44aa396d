import { expect, test } from "bun:test";
import type { Histogram } from "prom-client";
import { nextTurn } from "../support/next-turn.ts";
import { rising, stage, turnsOf, valueOf } from "./page-turns-stage.ts";

test("other work goes on as often when both formats are asked for", async () => {
  const { page } = stage();
  expect(await turnsOf(Promise.all([page(), page("openmetrics")]))).toBeGreaterThanOrEqual(4);
});

test("pages in both formats that are asked for at once have the same values", async () => {
  const { page, registry, counters } = stage();
  const histogram = registry.getSingleMetric("two_seconds") as Histogram;
  const observed = { inc: () => histogram.observe(2) };
  await using _ = rising([...counters, observed]);
  for (let scrape = 0; scrape < 20; scrape++) {
    const [text, open] = await Promise.all([page(), page("openmetrics")]);
    expect(valueOf(open, "first_total")).toBe(valueOf(text, "last_total"));
    expect(valueOf(open, "two_seconds_count")).toBe(valueOf(text, "two_seconds_count"));
  }
});

const FORMATS = ["text", "openmetrics"] as const;

test.each([
  ["one format", ["text"] as const],
  ["both formats", FORMATS],
])(
  "a hundred scrapes of %s at once cost two readings, and each format is made twice",
  async (_, formats) => {
    let readings = 0;
    const { page, counters } = stage(() => void readings++);
    const all = async (count: number): Promise<string[]> =>
      Promise.all(
        Array.from({ length: count }, (__, index) => page(formats[index % formats.length])),
      );
    const first = all(formats.length);
    await nextTurn();
    counters[0]?.inc();
    const others = all(100 - formats.length);
    // A page takes a turn for each of the two histograms.
    expect(await turnsOf(others)).toBeLessThan(8 * formats.length);
    expect(new Set(await others).size).toBe(formats.length);
    for (const text of await first) expect(valueOf(text, "first_total")).toBe("0");
    for (const text of await others) expect(valueOf(text, "first_total")).toBe("1");
    expect(readings).toBe(2);
  },
);
