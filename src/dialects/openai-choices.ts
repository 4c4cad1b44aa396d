import type { Answer } from "../exchange.ts";
import type { AnswerHead, Findings, Scanner } from "./dialect.ts";
import { type EventReader, eventScanner, isEventStream } from "./event-scanner.ts";
import { asObject, type JsonObject } from "./json-object.ts";
import { objectScanner } from "./object-scanner.ts";
import { openaiFigures } from "./openai-figures.ts";

const FINISH = /"finish_reason"\s*:\s*"/;
const ERROR = /"error"\s*:/;
/** With `include_usage` each chunk of completions has a usage, of zeros but for the last. */
const TOKENS = /_tokens"\s*:\s*[1-9]/;

/** Reads what has `choices`: a stream that ends with `[DONE]`, or one object. */
export function choicesScanner(
  { contentType }: AnswerHead,
  tell: Findings,
  hasContent: (choice: JsonObject) => boolean,
): Scanner {
  if (isEventStream(contentType)) return eventScanner(choicesReader(hasContent), tell);
  return objectScanner({ arrays: 1, answer: figures }, tell);
}

function figures(fields: JsonObject): Answer {
  return openaiFigures(fields["usage"], firstChoice(fields)?.["finish_reason"]);
}

function choicesReader(hasContent: (choice: JsonObject) => boolean): EventReader {
  let finishReason: unknown;
  let usage: unknown;
  return {
    matters: (data) => FINISH.test(data) || TOKENS.test(data) || ERROR.test(data),
    hasContent(event) {
      const choice = firstChoice(event);
      return choice !== undefined && hasContent(choice);
    },
    take(event) {
      finishReason = firstChoice(event)?.["finish_reason"] ?? finishReason;
      usage = event["usage"] ?? usage;
      return undefined;
    },
    done: () => openaiFigures(usage, finishReason),
  };
}

/** Ollama gives one, whatever `n` asks for. */
function firstChoice(fields: JsonObject): JsonObject | undefined {
  const choices = fields["choices"];
  return Array.isArray(choices) ? asObject(choices[0]) : undefined;
}
