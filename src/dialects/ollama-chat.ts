import type { Dialect, Findings, Scanner } from "./dialect.ts";
import { asObject, parseObject } from "./json-object.ts";
import { createLineSplitter } from "./lines.ts";
import { ollamaFigures } from "./ollama-figures.ts";
import { withQueue } from "./with-queue.ts";

/** `POST /api/chat`: one JSON object per line; an answer that is not streamed is a single line. */
export const ollamaChat: Dialect = {
  api: "chat",
  method: "POST",
  path: "/api/chat",
  clock: "ollama",
  read({ contentType }, tell) {
    return chatScanner(contentType.startsWith("application/x-ndjson"), tell);
  },
};

/** Parsing every line would cost more than the rest of the proxy; only a line with this can be final. */
const MAY_BE_FINAL = /"done"\s*:\s*true/;

/** As Ollama writes the line that ends a stream which failed. */
const ERROR = '{"error"';

function chatScanner(streamed: boolean, tell: Findings): Scanner {
  let begun = !streamed;
  let over = false;

  const onLine = (line: string): void => {
    if (over) return;
    const final = MAY_BE_FINAL.test(line);
    if (begun && !final && !line.startsWith(ERROR)) return;
    const fields = parseObject(line);
    if (fields === undefined) {
      if (final) tell.skipped("invalid_json");
      return;
    }
    if ("error" in fields) {
      over = true;
      tell.failed();
      return;
    }
    if (!begun && hasContent(fields)) {
      begun = true;
      tell.firstToken();
    }
    if (fields["done"] === true) {
      over = true;
      tell.answer(withQueue(ollamaFigures(fields)));
    }
  };
  const lines = createLineSplitter(onLine, () => {
    if (!over) tell.skipped("too_long");
  });
  return {
    ...lines,
    get eager() {
      return !begun;
    },
  };
}

function hasContent(fields: Readonly<Record<string, unknown>>): boolean {
  const message = asObject(fields["message"]);
  return (
    message !== undefined &&
    (isText(message["content"]) ||
      isText(message["thinking"]) ||
      Array.isArray(message["tool_calls"]))
  );
}

function isText(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}
