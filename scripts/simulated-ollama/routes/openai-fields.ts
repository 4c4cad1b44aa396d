import type { Piece } from "../piece.ts";
import type { Figures } from "../run.ts";

/** A piece as the `delta` of a chunk or the `message` of a whole answer. */
export function delta({ content = "", thinking, toolCalls }: Piece): object {
  return {
    role: "assistant",
    content,
    reasoning: thinking,
    tool_calls: toolCalls?.map(({ id, function: { index, name, arguments: values } }) => ({
      id,
      index,
      type: "function",
      function: { name, arguments: JSON.stringify(values) },
    })),
  };
}

export function finishReason(figures: Figures, whole: Piece): string {
  return whole.toolCalls === undefined ? figures.doneReason : "tool_calls";
}

export function usage({ promptTokens, generatedTokens }: Figures): object {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: generatedTokens,
    total_tokens: promptTokens + generatedTokens,
  };
}
