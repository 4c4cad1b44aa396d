import type { Dialect } from "./dialect.ts";
import { isText } from "./is-text.ts";
import { choicesScanner } from "./openai-choices.ts";

/** `POST /v1/completions`. */
export const openaiCompletions: Dialect = {
  api: "openai",
  method: "POST",
  path: "/v1/completions",
  clock: "ours",
  read: (head, tell) => choicesScanner(head, tell, ({ text }) => isText(text)),
};
