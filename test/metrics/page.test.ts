import { expect, test } from "bun:test";
import { createMetrics, type Metrics } from "../../src/metrics/metrics.ts";
import { stablePage } from "../support/stable-page.ts";

const PAGE = new URL("../fixtures/metrics.txt", import.meta.url);

/** A page with every family filled. */
function filled(): Metrics {
  const metrics = createMetrics({ runtime: "bun 1.4.5" });
  const llama = metrics.labels.of("LLAMA3.2");
  const unknown = metrics.labels.of(undefined);
  for (const model of [llama, llama, unknown]) metrics.arrived(model);
  metrics.answered(llama, {
    doneReason: "stop",
    total: 3.5,
    load: 0.1,
    promptEval: 0.025,
    eval: 2.5,
    promptTokens: 16,
    generatedTokens: 50,
  });
  metrics.answered(llama, { total: 0.25, promptTokens: 4, generatedTokens: 1 });
  metrics.answered(unknown, { doneReason: "load" });
  metrics.skipped("too_long");
  return metrics;
}

test("the page is the one in the fixture, to the byte", async () => {
  const { text } = await filled().exposition();
  expect(stablePage(text)).toBe(await Bun.file(PAGE).text());
});

test("the page has the content type of Prometheus' text format", async () => {
  const { contentType } = await filled().exposition();
  expect(contentType).toBe("text/plain; version=0.0.4; charset=utf-8");
});

test("the page is the same when it is read again", async () => {
  const metrics = filled();
  const first = await metrics.exposition();
  const second = await metrics.exposition();
  expect(stablePage(second.text)).toBe(stablePage(first.text));
});

test("two sets of metrics share nothing", async () => {
  filled();
  const { text } = await createMetrics({ runtime: "x" }).exposition();
  expect(text).not.toContain("llama3.2");
});
