import type { Answer } from "../exchange.ts";
import { answerOf } from "./answer-of.ts";
import { asObject } from "./json-object.ts";
import { positive } from "./positive.ts";

/** OpenAI's words for an answer's end that Ollama has others for; the rest stay as they are. */
const IN_OLLAMAS_WORDS = new Map([
  ["tool_calls", "stop"],
  ["function_call", "stop"],
]);

/** The figures of `finish_reason` and `usage`, whose numbers are zero where nothing is known. */
export function openaiFigures(usage: unknown, finishReason?: unknown): Answer {
  const tokens = asObject(usage);
  const cached = asObject(tokens?.["prompt_tokens_details"])?.["cached_tokens"];
  return answerOf({
    doneReason:
      typeof finishReason === "string"
        ? (IN_OLLAMAS_WORDS.get(finishReason) ?? finishReason)
        : undefined,
    promptTokens: positive(tokens?.["prompt_tokens"]),
    // The details are there only where the number is known.
    cachedTokens: cached === 0 ? 0 : positive(cached),
    generatedTokens: positive(tokens?.["completion_tokens"]),
  });
}
