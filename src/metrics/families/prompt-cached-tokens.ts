import { answerCounter } from "../answer-counter.ts";

export const promptCachedTokens = answerCounter({
  name: "ollama_prompt_cached_tokens_total",
  help: "Prompt tokens of finished answers that Ollama had cached, where it reports them, by model.",
  value: ({ cachedTokens }) => cachedTokens,
});
