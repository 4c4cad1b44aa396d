import type { Dialect } from "./dialect.ts";
import { isFilled } from "./is-filled.ts";
import { isText } from "./is-text.ts";
import { asObject, type JsonObject } from "./json-object.ts";
import { choicesScanner } from "./openai-choices.ts";

/** `POST /v1/chat/completions`. */
export const openaiChat: Dialect = {
  api: "openai",
  method: "POST",
  path: "/v1/chat/completions",
  clock: "ours",
  read: (head, tell) => choicesScanner(head, tell, hasContent),
};

function hasContent(choice: JsonObject): boolean {
  const delta = asObject(choice["delta"]);
  return (
    delta !== undefined &&
    (isText(delta["content"]) || isText(delta["reasoning"]) || isFilled(delta["tool_calls"]))
  );
}
