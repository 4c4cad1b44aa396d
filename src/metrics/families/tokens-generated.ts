import { answerCounter } from "../answer-counter.ts";

export const tokensGenerated = answerCounter({
  name: "ollama_tokens_generated_total",
  help: "Generated tokens of finished answers, thinking included, by model.",
  value: ({ generatedTokens }) => generatedTokens,
});
