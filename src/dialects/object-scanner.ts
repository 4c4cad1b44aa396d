import { Buffer } from "node:buffer";
import type { Answer } from "../exchange.ts";
import { createArrayFilter } from "./array-filter.ts";
import type { Findings, Scanner } from "./dialect.ts";
import { type JsonObject, parseObject } from "./json-object.ts";

/** Bytes that are kept of an answer, its arrays left out. */
const MOST_BYTES = 8_000_000;

export interface ObjectScannerOptions {
  /** Nested arrays up to this depth are read; the others are empty. */
  readonly arrays: number;
  /** The figures of the answer; undefined if it says that it failed. */
  answer(fields: JsonObject): Answer | undefined;
}

/** Reads an answer that is one JSON object, when it is complete. */
export function objectScanner({ arrays, answer }: ObjectScannerOptions, tell: Findings): Scanner {
  const filter = createArrayFilter(arrays);
  let pieces: string[] = [];
  let bytes = 0;
  return {
    push(text) {
      if (bytes > MOST_BYTES) return;
      const piece = filter(text);
      if (piece === "") return;
      bytes += Buffer.byteLength(piece);
      pieces.push(piece);
      if (bytes <= MOST_BYTES) return;
      pieces = [];
      tell.skipped("too_long");
    },
    end() {
      // What was cut is no JSON either: nothing is told of it.
      const fields = parseObject(pieces.join(""));
      if (fields === undefined) return;
      const figures = fields["error"] ? undefined : answer(fields);
      if (figures) tell.answer(figures);
      else tell.failed();
    },
    eager: false,
  };
}
