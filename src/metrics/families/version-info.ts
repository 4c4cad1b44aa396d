import { stateGauge } from "../state-gauge.ts";

export const versionInfo = stateGauge({
  name: "ollama_version_info",
  help: "Always 1; the label says which version Ollama is.",
  labels: ["version"],
  samples: ({ version }) => (version === undefined ? [] : [[{ version }, 1]]),
});
