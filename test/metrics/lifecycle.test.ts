import { describe, expect, test } from "bun:test";
import { DONE_REASONS, FAILURE_REASONS } from "../../src/exchange.ts";
import type { OllamaState } from "../../src/ollama-state.ts";
import { startingWith } from "../support/exposition.ts";
import { outcomesAtZero } from "../support/outcome-series.ts";
import { after, shown } from "./after.ts";
import { COUNTERS, finish } from "./finish.ts";

/** What Ollama says when it has these models installed. */
const having = (...models: readonly string[]): OllamaState => ({
  up: true,
  probes: new Map(),
  loaded: [],
  installed: models.map((model) => ({ model })),
});

describe("a model's first request begins", () => {
  test("all counters at 0, for every reason", async () => {
    const samples = await after((metrics) => metrics.arrived("a"));
    expect(shown(samples, "a:latest")).toEqual(COUNTERS);
    const outcomes = {
      ...startingWith(samples, "ollama_responses_finished_total"),
      ...startingWith(samples, "ollama_request_failures_total"),
    };
    expect(outcomes).toEqual(outcomesAtZero("a:latest"));
    expect(Object.keys(outcomes).length).toBe(DONE_REASONS.length + FAILURE_REASONS.length);
  });

  test("nothing anew: a second one leaves what has been counted", async () => {
    const samples = await after((metrics) => {
      finish(metrics, "a");
      metrics.arrived("a");
    });
    expect(samples.get('ollama_requests_total{model="a:latest"}')).toBe(2);
    expect(samples.get('ollama_tokens_generated_total{model="a:latest"}')).toBe(50);
  });

  test.each([undefined, "", "a b"])("the same for unknown, as of the name %j", async (name) => {
    const samples = await after((metrics) => metrics.arrived(name));
    expect(shown(samples, "unknown")).toEqual(COUNTERS);
  });
});

describe("an outcome", () => {
  test.each(FAILURE_REASONS.map((reason) => [reason] as const))(
    "of a failure by %s is counted once, and its request is in flight no more",
    async (failed) => {
      const samples = await after((metrics) => metrics.ended(metrics.arrived("a"), { failed }));
      const counts = startingWith(samples, "ollama_request_failures_total");
      const series = `ollama_request_failures_total{model="a:latest",reason="${failed}"}`;
      expect(Object.entries(counts).filter(([, count]) => count !== 0)).toEqual([[series, 1]]);
      expect(samples.get('ollama_requests_in_flight{model="a:latest"}')).toBe(0);
    },
  );

  test.each(DONE_REASONS.map((reason) => [reason] as const))(
    "of an answer finished by %s is counted once, and its request is in flight no more",
    async (finished) => {
      const samples = await after((metrics) => metrics.ended(metrics.arrived("a"), { finished }));
      const counts = startingWith(samples, "ollama_responses_finished_total");
      const series = `ollama_responses_finished_total{model="a:latest",done_reason="${finished}"}`;
      expect(Object.entries(counts).filter(([, count]) => count !== 0)).toEqual([[series, 1]]);
      expect(samples.get('ollama_requests_in_flight{model="a:latest"}')).toBe(0);
    },
  );
});

describe("a model that is installed", () => {
  test("has its requests on the page at 0 before the first", async () => {
    const samples = await after((metrics) => metrics.observed(having("a", "B:7b")));
    for (const model of ["a:latest", "b:7b"]) {
      expect(samples.get(`ollama_requests_total{model="${model}"}`)).toBe(0);
    }
  });

  test("has the rest from its first request on, in which nothing is lost", async () => {
    const samples = await after((metrics) => {
      metrics.observed(having("a"));
      finish(metrics, "a");
      metrics.observed(having("a"));
    });
    expect(samples.get('ollama_requests_total{model="a:latest"}')).toBe(1);
    expect(shown(samples, "a:latest")).toEqual(expect.arrayContaining(COUNTERS));
  });

  test("keeps its counts when it is there no more", async () => {
    const samples = await after((metrics) => {
      metrics.observed(having("a"));
      finish(metrics, "a");
      metrics.observed(having());
    });
    expect(samples.get('ollama_requests_total{model="a:latest"}')).toBe(1);
  });
});
