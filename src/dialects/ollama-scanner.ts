import type { AnswerHead, Findings, Scanner } from "./dialect.ts";
import { type JsonObject, parseObject } from "./json-object.ts";
import { createLineSplitter } from "./lines.ts";
import { ollamaFigures } from "./ollama-figures.ts";
import { withQueue } from "./with-queue.ts";

/** Parsing every line would cost more than the rest of the proxy; only a line with this can be final. */
const MAY_BE_FINAL = /"done"\s*:\s*true/;

/** As Ollama writes the line that ends a stream which failed. */
const ERROR = /^\s*\{\s*"error"\s*:/;

/** Reads one JSON object per line; an answer that is not streamed is a single line. */
export function ollamaScanner(
  { contentType }: AnswerHead,
  tell: Findings,
  hasContent: (line: JsonObject) => boolean,
): Scanner {
  let begun = !contentType.startsWith("application/x-ndjson");
  let over = false;

  const onLine = (line: string): void => {
    if (over) return;
    const final = MAY_BE_FINAL.test(line);
    if (begun && !final && !ERROR.test(line)) return;
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
