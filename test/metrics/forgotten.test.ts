import { describe, expect, test } from "bun:test";
import { createMetrics, type Metrics } from "../../src/metrics/metrics.ts";
import { after, samplesOf, shown } from "./after.ts";
import { COUNTERS, finish } from "./finish.ts";
import { HOUR, SLOTS } from "./label-stage.ts";

/** A page on which two models had everything, one of them with a place; and a clock. */
function stage(): { metrics: Metrics; pass(milliseconds: number): void } {
  let now = 5;
  const metrics = createMetrics({ runtime: "x", maxModels: 1, now: () => now });
  finish(metrics, "kept");
  finish(metrics, "a");
  return { metrics, pass: (milliseconds) => void (now += milliseconds) };
}

function stable(series: string): boolean {
  return !series.startsWith("process_");
}

describe("a model that is forgotten", () => {
  test("vanishes from the page with all of its series at once, and is added nowhere", async () => {
    const { metrics, pass } = stage();
    const before = await samplesOf(metrics);
    expect(shown(before, "a:latest").length).toBeGreaterThan(COUNTERS.length + 7);
    expect(shown(before, "a:latest")).toEqual(shown(before, "kept:latest"));
    pass(HOUR);
    const samples = await samplesOf(metrics);
    expect(shown(samples, "a:latest")).toEqual([]);
    expect(shown(samples, "other")).toEqual([]);
    const rest = [...before].filter(([series]) => !series.includes('model="a:latest"'));
    expect([...samples].filter(([series]) => stable(series))).toEqual(
      rest.filter(([series]) => stable(series)),
    );
  });

  test("begins at 0 when it comes again", async () => {
    const { metrics, pass } = stage();
    pass(HOUR);
    await metrics.exposition();
    metrics.arrived("a");
    const samples = await samplesOf(metrics);
    expect(shown(samples, "a:latest")).toEqual(COUNTERS);
    expect(samples.get('ollama_requests_total{model="a:latest"}')).toBe(1);
    expect(samples.get('ollama_tokens_generated_total{model="a:latest"}')).toBe(0);
  });

  test("is not forgotten while a request of it runs, nor before its outcome has been shown", async () => {
    const { metrics, pass } = stage();
    const model = metrics.arrived("a");
    pass(100 * HOUR);
    const samples = await samplesOf(metrics);
    expect(samples.get('ollama_requests_in_flight{model="a:latest"}')).toBe(1);
    expect(samples.get('ollama_requests_total{model="a:latest"}')).toBe(2);
    metrics.ended(model, { failed: "client_abort" });
    const ended = await samplesOf(metrics);
    expect(
      ended.get('ollama_request_failures_total{model="a:latest",reason="client_abort"}'),
    ).toBeGreaterThan(0);
    pass(HOUR);
    expect(shown(await samplesOf(metrics), "a:latest")).toEqual([]);
  });
});

/** Takes all slots. */
function crowded(metrics: Metrics): void {
  for (let index = 0; index < SLOTS; index++) metrics.arrived(`stranger-${index}`);
}

describe("a request without a place", () => {
  test("is counted as other, and the overflow tells of it", async () => {
    const samples = await after((metrics) => {
      crowded(metrics);
      finish(metrics, "a");
    });
    expect(samples.get('ollama_requests_total{model="other"}')).toBe(1);
    expect(samples.get("ollama_exporter_model_overflow_total")).toBe(1);
    expect(samples.get('ollama_responses_finished_total{model="other",done_reason="stop"}')).toBe(
      1,
    );
    expect(shown(samples, "a:latest")).toEqual([]);
  });

  test("that was served makes the next one the model's own, and stays what it was", async () => {
    const samples = await after((metrics) => {
      crowded(metrics);
      finish(metrics, "a");
      finish(metrics, "a");
    });
    expect(samples.get('ollama_requests_total{model="other"}')).toBe(1);
    expect(samples.get('ollama_requests_total{model="a:latest"}')).toBe(1);
    expect(samples.get("ollama_exporter_model_overflow_total")).toBe(1);
  });

  test("is none while there are slots: the overflow is on the page at 0", async () => {
    const samples = await after(() => {});
    expect(samples.get("ollama_exporter_model_overflow_total")).toBe(0);
  });
});
