import { expect } from "bun:test";
import type { CountedPath, Tally } from "../../scripts/simulated-ollama/tally.ts";
import type { Samples } from "./exposition.ts";

interface Counts {
  requests: number;
  finished: number;
  promptTokens: number;
  generatedTokens: number;
}

/** Expects the page to have counted what the upstream did on these paths, tokens included. */
export function expectCounted(samples: Samples, tally: Tally, paths: readonly CountedPath[]): void {
  const models: Record<string, Counts> = {};
  for (const [model, done] of paths.flatMap((path) => Object.entries(tally[path]))) {
    const counts = (models[model] ??= {
      requests: 0,
      finished: 0,
      promptTokens: 0,
      generatedTokens: 0,
    });
    for (const field of Object.keys(counts) as (keyof Counts)[]) counts[field] += done[field];
  }
  expect(Object.keys(models)).not.toBeEmpty();
  for (const [model, counts] of Object.entries(models)) {
    const label = `{model="${model}"}`;
    expect({
      model,
      requests: samples.get(`ollama_requests_total${label}`),
      finished: samples.get(`ollama_response_seconds_count${label}`),
      promptTokens: samples.get(`ollama_tokens_processed_total${label}`),
      generatedTokens: samples.get(`ollama_tokens_generated_total${label}`),
    }).toEqual({ model, ...counts });
  }
}
