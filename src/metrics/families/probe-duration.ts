import { stateGauge } from "../state-gauge.ts";

export const probeDuration = stateGauge({
  name: "ollama_probe_duration_seconds",
  help: "Time that the last question to an endpoint of Ollama took.",
  labels: ["endpoint"],
  samples: ({ probes }) => Array.from(probes, ([endpoint, { seconds }]) => [{ endpoint }, seconds]),
});
