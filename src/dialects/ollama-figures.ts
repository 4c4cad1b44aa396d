import type { Answer } from "../exchange.ts";

const NANOSECONDS = 1e9;

/**
 * The figures of a final object of Ollama's own API. Ollama leaves out what is zero; whatever is
 * zero, negative or no finite number is treated as left out too.
 */
export function ollamaFigures(final: Readonly<Record<string, unknown>>): Answer {
  const positive = (field: string): number | undefined => {
    const value = final[field];
    return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : undefined;
  };
  const seconds = (field: string): number | undefined => {
    const value = positive(field);
    return value === undefined ? undefined : value / NANOSECONDS;
  };
  const reason = final["done_reason"];
  const cached = final["prompt_eval_cached_count"];
  return present({
    doneReason: typeof reason === "string" ? reason : undefined,
    total: seconds("total_duration"),
    load: seconds("load_duration"),
    promptEval: seconds("prompt_eval_duration"),
    eval: seconds("eval_duration"),
    promptTokens: positive("prompt_eval_count"),
    // Left out where it is not known, and 0 where it is.
    cachedTokens: cached === 0 ? 0 : positive("prompt_eval_cached_count"),
    generatedTokens: positive("eval_count"),
  });
}

type Maybe<T> = { [K in keyof T]: T[K] | undefined };

/** Without the fields that are undefined. */
function present(fields: Maybe<Required<Omit<Answer, "queue">>>): Answer {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
