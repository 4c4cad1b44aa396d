import type { Answer } from "../exchange.ts";
import { answerOf } from "./answer-of.ts";
import type { Dialect } from "./dialect.ts";
import { type EventReader, eventScanner, isEventStream } from "./event-scanner.ts";
import { isText } from "./is-text.ts";
import { asObject, type JsonObject } from "./json-object.ts";
import { objectScanner } from "./object-scanner.ts";
import { positive } from "./positive.ts";

/** `POST /v1/responses`: a stream ends with an event that holds the whole answer. */
export const openaiResponses: Dialect = {
  api: "openai",
  method: "POST",
  path: "/v1/responses",
  clock: "ours",
  read: ({ contentType }, tell) =>
    isEventStream(contentType)
      ? eventScanner(EVENTS, tell)
      : objectScanner({ arrays: 0, answer: figures }, tell),
};

const MATTERS = /"type"\s*:\s*"(?:response\.(?:completed|incomplete|failed)|error)"/;

const EVENTS: EventReader = {
  matters: (data) => MATTERS.test(data),
  hasContent({ type, delta, item }) {
    // A delta of text, of reasoning or of a call's arguments; a call may have none.
    if (type === "response.output_item.added") return asObject(item)?.["type"] === "function_call";
    return typeof type === "string" && type.endsWith(".delta") && isText(delta);
  },
  take({ type, response }) {
    if (type === "response.failed" || type === "error") return "failed";
    const isLast = type === "response.completed" || type === "response.incomplete";
    return isLast ? (figures(asObject(response) ?? {}) ?? "failed") : undefined;
  },
};

function figures(response: JsonObject): Answer | undefined {
  if (response["status"] === "failed") return undefined;
  const usage = asObject(response["usage"]);
  const cached = asObject(usage?.["input_tokens_details"])?.["cached_tokens"];
  return answerOf({
    doneReason: reasonOf(response),
    promptTokens: positive(usage?.["input_tokens"]),
    // Ollama writes 0 where it does not know.
    cachedTokens: positive(cached),
    generatedTokens: positive(usage?.["output_tokens"]),
  });
}

/** Ollama says `completed` of an answer that reached its limit too: why that ended is not known. */
function reasonOf(response: JsonObject): string | undefined {
  if (response["status"] === "incomplete") {
    const reason = asObject(response["incomplete_details"])?.["reason"];
    return reason === "max_output_tokens" ? "length" : undefined;
  }
  const most = positive(response["max_output_tokens"]) ?? Infinity;
  const generated = positive(asObject(response["usage"])?.["output_tokens"]) ?? 0;
  return response["status"] === "completed" && generated < most ? "stop" : undefined;
}
