import { stateGauge } from "../state-gauge.ts";

export const loadedModelContext = stateGauge({
  name: "ollama_loaded_model_context_tokens",
  help: "Context of a loaded model in tokens, for each request that it runs at once, by model.",
  labels: ["model"],
  samples: ({ loaded = [] }) =>
    loaded.map(({ model, contextTokens }) => [{ model }, contextTokens]),
});
