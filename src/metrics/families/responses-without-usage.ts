import { answerCounter } from "../answer-counter.ts";

export const responsesWithoutUsage = answerCounter({
  name: "ollama_responses_without_usage_total",
  help: "Finished answers that told no number of tokens, by model: their tokens are counted nowhere.",
  value: ({ promptTokens, generatedTokens }) =>
    promptTokens === undefined && generatedTokens === undefined ? 1 : undefined,
});
