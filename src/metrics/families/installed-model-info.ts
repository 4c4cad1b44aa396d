import { stateGauge } from "../state-gauge.ts";

export const installedModelInfo = stateGauge({
  name: "ollama_installed_model_info",
  help: "Always 1; the labels say of which kind an installed model is.",
  labels: ["model", "family", "parameter_size", "quantization"],
  samples: ({ installed = [] }) =>
    installed.flatMap(({ model, details }) => {
      if (details === undefined) return [];
      const { family, parameterSize, quantization } = details;
      return [[{ model, family, parameter_size: parameterSize, quantization }, 1] as const];
    }),
});
