import { answerHistogram } from "../answer-histogram.ts";

export const promptEvalDuration = answerHistogram({
  name: "ollama_prompt_eval_duration_seconds",
  help: "Time to evaluate the part of the prompt that was not cached, by model.",
  buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300],
  value: ({ promptEval }) => promptEval,
});
