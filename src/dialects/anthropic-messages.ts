import type { Answer } from "../exchange.ts";
import { answerOf } from "./answer-of.ts";
import type { Dialect } from "./dialect.ts";
import { type EventReader, eventScanner, isEventStream } from "./event-scanner.ts";
import { isText } from "./is-text.ts";
import { asObject } from "./json-object.ts";
import { objectScanner } from "./object-scanner.ts";
import { positive } from "./positive.ts";

/** `POST /v1/messages`: a stream ends with `message_stop`, after the `message_delta` with the figures. */
export const anthropicMessages: Dialect = {
  api: "anthropic",
  method: "POST",
  path: "/v1/messages",
  clock: "ours",
  read: ({ contentType }, tell) =>
    isEventStream(contentType)
      ? eventScanner(messageReader(), tell)
      : objectScanner(
          { arrays: 0, answer: ({ stop_reason, usage }) => figures(stop_reason, usage) },
          tell,
        ),
};

const MATTERS = /"type"\s*:\s*"(?:message_(?:delta|stop)|error)"/;

/** Anthropic's words for the end of an answer in Ollama's; the rest stay as they are. */
const REASONS = new Map([
  ["end_turn", "stop"],
  ["stop_sequence", "stop"],
  ["tool_use", "stop"],
  ["max_tokens", "length"],
]);

function messageReader(): EventReader {
  let stopReason: unknown;
  let usage: unknown;
  return {
    matters: (data) => MATTERS.test(data),
    hasContent({ type, delta, content_block }) {
      const part = asObject(type === "content_block_start" ? content_block : delta) ?? {};
      return (
        part["type"] === "tool_use" ||
        [part["text"], part["thinking"], part["partial_json"]].some(isText)
      );
    },
    take({ type, delta, ...event }) {
      if (type === "error") return "failed";
      if (type === "message_delta") {
        stopReason = asObject(delta)?.["stop_reason"] ?? stopReason;
        // That of `message_start` is an estimate.
        usage = event["usage"] ?? usage;
      }
      return type === "message_stop" ? figures(stopReason, usage) : undefined;
    },
  };
}

function figures(stopReason: unknown, usage: unknown): Answer {
  const tokens = asObject(usage);
  const cached = tokens?.["cache_read_input_tokens"];
  const cachedTokens = cached === 0 ? 0 : positive(cached);
  // Where cached tokens are told, the others do not include them.
  const promptTokens = (positive(tokens?.["input_tokens"]) ?? 0) + (cachedTokens ?? 0);
  return answerOf({
    doneReason:
      typeof stopReason === "string" ? (REASONS.get(stopReason) ?? stopReason) : undefined,
    promptTokens: positive(promptTokens),
    cachedTokens,
    generatedTokens: positive(tokens?.["output_tokens"]),
  });
}
