import { stateGauge } from "../state-gauge.ts";

export const loadedModelExpiry = stateGauge({
  name: "ollama_loaded_model_expiry_timestamp_seconds",
  help: "When an idle model is unloaded, as Unix time, by model; +Inf for one that stays. Past while the model is busy.",
  labels: ["model"],
  samples: ({ loaded = [] }) => loaded.map(({ model, expiresAt }) => [{ model }, expiresAt]),
});
