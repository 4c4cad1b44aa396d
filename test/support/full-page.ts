import { createMetrics } from "../../src/metrics/metrics.ts";

/** The one model of the page. */
export const FULL_MODEL = "full:latest";

/** The page, in the text format, of an exporter where everything has happened to one model. */
export async function fullPage(): Promise<string> {
  const metrics = createMetrics({ runtime: "test", maxModels: 1 });
  const model = FULL_MODEL;
  const probed = { success: true, seconds: 1 };
  metrics.observed({
    up: true,
    version: "0.24.0",
    probes: new Map([
      ["ps", probed],
      ["tags", probed],
      ["version", probed],
    ]),
    loaded: [{ model, sizeBytes: 1, vramBytes: 1, expiresAt: 1, contextTokens: 1 }],
    installed: [
      { model, sizeBytes: 1, details: { family: "a", parameterSize: "b", quantization: "c" } },
    ],
  });
  metrics.arrived(model);
  metrics.firstToken(model, 1);
  metrics.answered(model, {
    doneReason: "stop",
    total: 4,
    load: 1,
    promptEval: 1,
    eval: 1,
    queue: 1,
    promptTokens: 1,
    cachedTokens: 1,
    generatedTokens: 1,
  });
  metrics.ended(model, { finished: "stop" });
  return (await metrics.exposition()).text;
}
