import { DEFAULT_MODELS } from "../../scripts/simulated-ollama/default-models.ts";
import { modelKey } from "../../scripts/simulated-ollama/model-name.ts";
import type { Capability, Model } from "../../scripts/simulated-ollama/model.ts";

/** The models of the recordings, so that their requests can be sent as they are. */
export const RECORDED_MODELS: readonly Model[] = [
  recordedModel("stopper", [5, 5]),
  recordedModel("tooler", [8, 8], "tools"),
  recordedModel("json", [8, 8]),
  recordedModel("mute", [1, 1]),
  recordedModel("thinker", [12, 12], "thinking"),
  recordedModel("endless", [Infinity, Infinity]),
  recordedModel("chatty", [60, 60]),
];

function recordedModel(
  name: string,
  answerTokens: Model["answerTokens"],
  ...more: readonly Capability[]
): Model {
  const digest = new Bun.CryptoHasher("sha256").update(name).digest("hex");
  const capabilities: readonly Capability[] = ["completion", ...more];
  return { ...DEFAULT_MODELS[0], name: modelKey(name), digest, capabilities, answerTokens };
}
