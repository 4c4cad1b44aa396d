import type { Piece } from "../piece.ts";
import type { Figures } from "../run.ts";

/** What is known of a response before its first token. */
export interface Known {
  readonly id: number;
  readonly model: string;
  /** Tokens; null without a limit. */
  readonly most: number | null;
}

interface End {
  readonly whole: Piece;
  readonly figures: Figures;
}

/** The object that stands for the whole answer, complete or just begun. */
export function responseObject(known: Known, end?: End): object {
  const now = Math.floor(Date.now() / 1000);
  return {
    id: `resp_${known.id}`,
    object: "response",
    created_at: now,
    completed_at: end ? now : null,
    // Also of one that reached its limit, as in `openai-responses`.
    status: end ? "completed" : "in_progress",
    incomplete_details: null,
    model: known.model,
    previous_response_id: null,
    instructions: null,
    output: end ? outputOf(known, end.whole, "completed") : [],
    error: null,
    tools: [],
    tool_choice: "auto",
    truncation: "disabled",
    parallel_tool_calls: true,
    text: { format: { type: "text" } },
    top_p: 1,
    presence_penalty: 0,
    frequency_penalty: 0,
    top_logprobs: 0,
    temperature: 1,
    reasoning: null,
    usage: end ? usage(end.figures) : null,
    max_output_tokens: known.most,
    max_tool_calls: null,
    store: false,
    background: false,
    service_tier: "default",
    metadata: {},
    safety_identifier: null,
    prompt_cache_key: null,
  };
}

/** The message or the calls; a message in progress is empty. */
export function outputOf({ id }: Known, whole: Piece, status: string): object[] {
  const { content = "", toolCalls = [] } = whole;
  const empty = status === "in_progress";
  if (toolCalls.length > 0) {
    return toolCalls.map(({ id: call_id, function: { name, arguments: values } }) => ({
      id: `fc_${id}`,
      type: "function_call",
      status,
      call_id,
      name,
      arguments: empty ? "" : JSON.stringify(values),
    }));
  }
  const text = { type: "output_text", text: content, annotations: [], logprobs: [] };
  const message = { type: "message", status, role: "assistant", content: empty ? [] : [text] };
  return [{ id: `msg_${id}`, ...message }];
}

function usage({ promptTokens, generatedTokens }: Figures): object {
  return {
    input_tokens: promptTokens,
    output_tokens: generatedTokens,
    total_tokens: promptTokens + generatedTokens,
    input_tokens_details: { cached_tokens: 0 },
    output_tokens_details: { reasoning_tokens: 0 },
  };
}
