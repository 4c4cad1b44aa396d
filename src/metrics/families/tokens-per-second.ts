import { answerHistogram } from "../answer-histogram.ts";

export const tokensPerSecond = answerHistogram({
  name: "ollama_tokens_per_second",
  help: "Speed of generation of each answer in tokens per second, by model.",
  buckets: [1, 2, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 150, 200, 300, 500],
  value: ({ generatedTokens: tokens, eval: seconds }) =>
    tokens === undefined || seconds === undefined ? undefined : tokens / seconds,
});
