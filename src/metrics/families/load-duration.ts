import { answerHistogram } from "../answer-histogram.ts";

export const loadDuration = answerHistogram({
  name: "ollama_load_duration_seconds",
  help: "Time until the model was ready, by model; includes the scheduler's queue and is not zero for a loaded model.",
  buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300],
  value: ({ load }) => load,
});
