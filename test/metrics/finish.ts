import type { Metrics } from "../../src/metrics/metrics.ts";

/** Everything that a request can count. */
export function finish(metrics: Metrics, name: string): void {
  const model = metrics.arrived(name);
  metrics.served(name);
  metrics.firstToken(model, 0.3);
  metrics.answered(model, {
    doneReason: "stop",
    total: 2,
    load: 0.1,
    promptEval: 0.1,
    eval: 1,
    queue: 0.8,
    promptTokens: 5,
    cachedTokens: 1,
    generatedTokens: 50,
  });
  metrics.ended(model, { finished: "stop" });
}

/** The families that a model's first request puts on the page. */
export const COUNTERS = [
  "ollama_phase_seconds_total",
  "ollama_phase_tokens_total",
  "ollama_prompt_cached_tokens_total",
  "ollama_request_failures_total",
  "ollama_requests_in_flight",
  "ollama_requests_total",
  "ollama_responses_finished_total",
  "ollama_responses_without_usage_total",
  "ollama_tokens_generated_total",
  "ollama_tokens_processed_total",
];
