import { stateGauge } from "../state-gauge.ts";

export const installedModelSize = stateGauge({
  name: "ollama_installed_model_size_bytes",
  help: "Size of an installed model on disk, by model.",
  labels: ["model"],
  samples: ({ installed = [] }) => installed.map(({ model, sizeBytes }) => [{ model }, sizeBytes]),
});
