import type { Dialect } from "./dialect.ts";
import { isFilled } from "./is-filled.ts";
import { isText } from "./is-text.ts";
import { asObject, type JsonObject } from "./json-object.ts";
import { ollamaScanner } from "./ollama-scanner.ts";

/** `POST /api/chat`. */
export const ollamaChat: Dialect = {
  api: "chat",
  method: "POST",
  path: "/api/chat",
  clock: "ollama",
  read: (head, tell) => ollamaScanner(head, tell, hasContent),
};

function hasContent(line: JsonObject): boolean {
  const message = asObject(line["message"]);
  return (
    message !== undefined &&
    (isText(message["content"]) || isText(message["thinking"]) || isFilled(message["tool_calls"]))
  );
}
