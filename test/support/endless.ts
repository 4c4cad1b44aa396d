import { DEFAULT_MODELS } from "../../scripts/simulated-ollama/default-models.ts";
import type { Model } from "../../scripts/simulated-ollama/model.ts";

/** A model that answers until its client leaves. */
export const ENDLESS: Model = {
  ...DEFAULT_MODELS[0],
  name: "endless:latest",
  digest: "e".repeat(64),
  answerTokens: [Infinity, Infinity],
};
