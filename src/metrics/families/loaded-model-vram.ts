import { stateGauge } from "../state-gauge.ts";

export const loadedModelVram = stateGauge({
  name: "ollama_loaded_model_vram_bytes",
  help: "Memory of the GPU that a loaded model takes, by model.",
  labels: ["model"],
  samples: ({ loaded = [] }) => loaded.map(({ model, vramBytes }) => [{ model }, vramBytes]),
});
