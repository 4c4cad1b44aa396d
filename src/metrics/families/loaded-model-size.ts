import { stateGauge } from "../state-gauge.ts";

export const loadedModelSize = stateGauge({
  name: "ollama_loaded_model_size_bytes",
  help: "Memory that a loaded model takes, by model: of the GPU and of the system.",
  labels: ["model"],
  samples: ({ loaded = [] }) => loaded.map(({ model, sizeBytes }) => [{ model }, sizeBytes]),
});
