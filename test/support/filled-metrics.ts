import { createMetrics, type Metrics } from "../../src/metrics/metrics.ts";
import type { OllamaState } from "../../src/ollama-state.ts";

/** A page with every family filled. */
export function filledMetrics(): Metrics {
  const metrics = createMetrics({ runtime: "bun 1.4.5", maxModels: 100 });
  metrics.observed(STATE);
  const [llama] = [metrics.arrived("LLAMA3.2"), metrics.arrived("llama3.2:latest")];
  const unknown = metrics.arrived(undefined);
  metrics.arrived("qwen3:8b");
  metrics.served("llama3.2");
  metrics.firstToken(llama, 0.625, "4bf92f3577b34da6a3ce929d0e0e4736");
  metrics.answered(llama, {
    doneReason: "stop",
    total: 3.5,
    load: 0.125,
    promptEval: 0.03125,
    eval: 2.5,
    queue: 0.84375,
    promptTokens: 16,
    cachedTokens: 4,
    generatedTokens: 50,
  });
  metrics.ended(llama, { finished: "stop" });
  metrics.answered(llama, { total: 0.25, promptTokens: 4, generatedTokens: 1 });
  metrics.ended(llama, { finished: "other" });
  metrics.answered(unknown, { doneReason: "load" });
  metrics.ended(unknown, { failed: "upstream_4xx" });
  metrics.skipped("too_long");
  return metrics;
}

/** An Ollama with a model in memory that stays there, one on disk, and one that has little to tell. */
const STATE: OllamaState = {
  up: true,
  version: "0.24.0",
  probes: new Map([
    ["ps", { success: true, seconds: 0.0625 }],
    ["tags", { success: false, seconds: 2 }],
  ]),
  loaded: [
    {
      model: "llama3.2",
      sizeBytes: 3_000_000_000,
      vramBytes: 2_000_000_000,
      expiresAt: Infinity,
      contextTokens: 4096,
    },
    { model: "qwen3:8b", expiresAt: 1_800_000_000 },
  ],
  installed: [
    {
      model: "llama3.2:latest",
      sizeBytes: 2_019_393_189,
      details: { family: "llama", parameterSize: "3.2B", quantization: "Q4_K_M" },
    },
    { model: "qwen3:8b" },
  ],
};
