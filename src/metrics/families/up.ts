import { stateGauge } from "../state-gauge.ts";

export const ollamaUp = stateGauge({
  name: "ollama_up",
  help: "Whether Ollama gave any HTTP answer to this scrape's questions: 1 if so, 0 if not.",
  labels: [],
  samples: ({ up }) => [[{}, up ? 1 : 0]],
});
