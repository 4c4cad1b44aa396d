import { describe, expect, test } from "bun:test";
import { quantile } from "../../src/page/browser/quantile.ts";
import { testWith } from "../support/test-with.ts";
import { familiesOf } from "./pages.ts";
import { promtoolQuantiles } from "./promtool-quantiles.ts";

const NAME = "ollama_queue_duration_seconds_bucket";

type Buckets = Readonly<Record<string, number>>;

function bucketsOf(...models: readonly Buckets[]) {
  const lines = models.flatMap((buckets, i) =>
    Object.entries(buckets).map(([le, count]) => `${NAME}{model="${i}",le="${le}"} ${count}`),
  );
  return familiesOf(...lines).get(NAME) ?? [];
}

describe("a quantile is unknown", () => {
  test.each([
    ["without buckets", {}],
    ["where nothing was observed", { "1.5": 0, "+Inf": 0 }],
    ["without the last bucket", { "1.5": 2, "2.5": 3 }],
    ["with the last bucket alone", { "+Inf": 3 }],
    ["with a bound that is none", { x: 3 }],
  ])("%s", (_, buckets) => {
    expect(quantile(0.5, bucketsOf(buckets))).toBeUndefined();
  });
});

test("a quantile lies within its bucket, in proportion", () => {
  expect(quantile(0.5, bucketsOf({ "1.5": 0, "2.5": 10, "+Inf": 10 }))).toBe(2);
});

test("a quantile beyond the last finite bound is that bound", () => {
  expect(quantile(0.95, bucketsOf({ "1.5": 1, "+Inf": 100 }))).toBe(1.5);
});

test("the buckets of several models are one histogram", () => {
  const one = { "1.5": 10, "2.5": 10, "+Inf": 10 };
  const other = { "1.5": 0, "2.5": 30, "+Inf": 30 };
  expect(quantile(0.5, bucketsOf(one, other))).toBe(
    quantile(0.5, bucketsOf({ "1.5": 10, "2.5": 40, "+Inf": 40 })),
  );
});

/** Histograms of all kinds: full, sparse, with a tail beyond the bounds, and one that shrinks. */
const HISTOGRAMS: readonly Buckets[] = [
  { "0.05": 0, "0.1": 3, "0.25": 9, "0.5": 20, "+Inf": 20 },
  { "0.05": 1, "0.1": 1, "0.25": 1, "0.5": 1, "+Inf": 7 },
  { "0.05": 7, "0.1": 7, "0.25": 7, "0.5": 7, "+Inf": 7 },
  { "0.05": 0.3, "0.1": 0.4, "0.25": 12.7, "0.5": 90.1, "+Inf": 1003.7 },
  { "0.05": 4, "0.1": 3, "0.25": 8, "0.5": 7, "+Inf": 9 },
  { "-0.5": 2, "0.5": 3, "+Inf": 3 },
];

testWith("promtool")("Prometheus has the same quantiles", async () => {
  const wanted = HISTOGRAMS.map((buckets) => (q: number) => quantile(q, bucketsOf(buckets)));
  for (const q of [0.05, 0.5, 0.9, 0.95, 0.999]) {
    const ours = wanted.map((of) => of(q));
    expect(ours).not.toContain(undefined);
    expect(await promtoolQuantiles(q, HISTOGRAMS, ours as number[])).toBe("");
    // It would say so.
    const wrong = ours.map((value) => value! + 0.01);
    expect(await promtoolQuantiles(q, HISTOGRAMS, wrong)).toContain("FAILED");
  }
});
