import { stateGauge } from "../state-gauge.ts";

export const probeSuccess = stateGauge({
  name: "ollama_probe_success",
  help: "Whether the last answer of an endpoint of Ollama could be read: 1 if so, 0 if not; ps is asked at each scrape, the others less often.",
  labels: ["endpoint"],
  samples: ({ probes }) =>
    Array.from(probes, ([endpoint, { success }]) => [{ endpoint }, success ? 1 : 0]),
});
