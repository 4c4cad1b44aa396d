import type { Answer } from "../exchange.ts";
import { answerOf } from "./answer-of.ts";
import { positive } from "./positive.ts";

const NANOSECONDS = 1e9;

/**
 * The figures of a final object of Ollama's own API. Ollama leaves out what is zero; whatever is
 * zero, negative or no finite number is treated as left out too.
 */
export function ollamaFigures(final: Readonly<Record<string, unknown>>): Answer {
  const seconds = (field: string): number | undefined => {
    const value = positive(final[field]);
    return value === undefined ? undefined : value / NANOSECONDS;
  };
  const reason = final["done_reason"];
  const cached = final["prompt_eval_cached_count"];
  return answerOf({
    doneReason: typeof reason === "string" ? reason : undefined,
    total: seconds("total_duration"),
    load: seconds("load_duration"),
    promptEval: seconds("prompt_eval_duration"),
    eval: seconds("eval_duration"),
    promptTokens: positive(final["prompt_eval_count"]),
    // Left out where it is not known, and 0 where it is.
    cachedTokens: cached === 0 ? 0 : positive(cached),
    generatedTokens: positive(final["eval_count"]),
  });
}
