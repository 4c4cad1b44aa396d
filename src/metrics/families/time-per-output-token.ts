import { answerHistogram } from "../answer-histogram.ts";

export const timePerOutputToken = answerHistogram({
  name: "ollama_time_per_output_token_seconds",
  help: "Ollama's time to generate a token, averaged over each answer, by model.",
  buckets: [
    0.001, 0.0025, 0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 0.75, 1.5, 2.5,
  ],
  value: ({ generatedTokens: tokens, eval: seconds }) =>
    tokens === undefined || seconds === undefined ? undefined : seconds / tokens,
});
