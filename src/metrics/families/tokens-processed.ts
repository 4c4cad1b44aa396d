import { answerCounter } from "../answer-counter.ts";

export const tokensProcessed = answerCounter({
  name: "ollama_tokens_processed_total",
  help: "Prompt tokens of finished answers, cached ones included, by model.",
  value: ({ promptTokens }) => promptTokens,
});
