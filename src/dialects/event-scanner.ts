import type { Answer } from "../exchange.ts";
import type { Findings, Scanner } from "./dialect.ts";
import { type JsonObject, parseObject } from "./json-object.ts";
import { createLineSplitter } from "./lines.ts";

/** What an API puts into its events; made anew for each answer. */
export interface EventReader {
  /**
   * Whether an event may end the answer or tell a figure or a failure. Parsing each event would
   * cost more than twice as much as looking for these few words.
   */
  matters(data: string): boolean;
  hasContent(event: JsonObject): boolean;
  /** Takes an event; the figures if it is the last, "failed" if it says so. */
  take(event: JsonObject): Answer | "failed" | undefined;
  /** The figures at `data: [DONE]`, where that is what ends an answer. */
  done?(): Answer;
}

const DATA = "data:";
const DONE = "[DONE]";
const ERROR_EVENT = /^event: ?error$/;
/** Not an event at all, and yet what Ollama's own API sends in the midst of a stream. */
const ERROR_LINE = '{"error"';

export function isEventStream(contentType: string): boolean {
  return contentType.toLowerCase().startsWith("text/event-stream");
}

/**
 * Reads server-sent events. All of Ollama's have one line of data that says what it is, so a line is
 * enough to know, and no event is put together.
 */
export function eventScanner(reader: EventReader, tell: Findings): Scanner {
  let begun = false;
  let over = false;

  const finish = (how: Answer | "failed"): void => {
    over = true;
    if (how === "failed") tell.failed();
    else tell.answer(how);
  };
  const onData = (data: string): void => {
    if (reader.done && data.startsWith(DONE)) return finish(reader.done());
    const matters = reader.matters(data);
    if (begun && !matters) return;
    const event = parseObject(data);
    if (event === undefined) {
      if (matters) tell.skipped("invalid_json");
      return;
    }
    if (event["error"]) return finish("failed");
    if (!begun && reader.hasContent(event)) {
      begun = true;
      tell.firstToken();
    }
    const taken = reader.take(event);
    if (taken) finish(taken);
  };
  const onLine = (line: string): void => {
    if (over) return;
    if (line.startsWith(DATA)) onData(line.slice(DATA.length).trimStart());
    else if (ERROR_EVENT.test(line)) finish("failed");
    else if (line.startsWith(ERROR_LINE) && parseObject(line)?.["error"]) finish("failed");
  };
  const lines = createLineSplitter(onLine, () => {
    if (!over) tell.skipped("too_long");
  });
  return {
    ...lines,
    get eager() {
      return !begun && !over;
    },
  };
}
