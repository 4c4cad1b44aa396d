import { answerHistogram } from "../answer-histogram.ts";

export const evalDuration = answerHistogram({
  name: "ollama_eval_duration_seconds",
  help: "Time to generate the answer's tokens, by model.",
  buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 1200],
  value: ({ eval: seconds }) => seconds,
});
