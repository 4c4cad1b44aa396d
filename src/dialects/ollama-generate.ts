import type { Dialect } from "./dialect.ts";
import { isFilled } from "./is-filled.ts";
import { isText } from "./is-text.ts";
import type { JsonObject } from "./json-object.ts";
import { ollamaScanner } from "./ollama-scanner.ts";

/** `POST /api/generate`: as chat, with the content at the top level. */
export const ollamaGenerate: Dialect = {
  api: "generate",
  method: "POST",
  path: "/api/generate",
  clock: "ollama",
  read: (head, tell) => ollamaScanner(head, tell, hasContent),
};

function hasContent(line: JsonObject): boolean {
  return isText(line["response"]) || isText(line["thinking"]) || isFilled(line["tool_calls"]);
}
