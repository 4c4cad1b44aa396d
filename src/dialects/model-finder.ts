import { createJsonStringReader } from "./json-string-reader.ts";

/**
 * Finds the string under the top-level key `model` of a JSON object that comes in pieces, without
 * parsing the rest: a request may carry 20 MB of base64 images before it. Strings are skipped with
 * a native search, and what is not a string is only counted in and out of brackets.
 */
export interface ModelFinder {
  /** Takes the next bytes. True once the outcome is known: found, or cannot come any more. */
  push(chunk: Uint8Array): boolean;
  /** The name; undefined while it is unknown, and for good where there is no such string. */
  readonly model: string | undefined;
  /** Bytes up to and with the object's closing brace; undefined while it is open. */
  readonly length: number | undefined;
}

const QUOTE = 0x22;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const COLON = 0x3a;
const COMMA = 0x2c;

/** Where in the top-level object the finder stands. */
type Place = "start" | "key" | "colon" | "value" | "inside";

export function createModelFinder(): ModelFinder {
  let place: Place = "start";
  let depth = 0;
  let seen = 0;
  let length: number | undefined;
  let model: string | undefined;
  let known = false;
  /** The object is closed or is none; what follows does not matter. */
  let over = false;
  let key: string | undefined;

  const string = createJsonStringReader();
  let inString = false;

  const decide = (name: string | undefined): void => {
    if (known) return;
    known = true;
    model = name;
  };
  const stop = (): void => {
    over = true;
    decide(undefined);
  };
  // Ollama's decoder matches keys without case; a number or null under `model` is no name.
  const wanted = (): boolean => key?.toLowerCase() === "model";

  const openString = (): void => {
    inString = true;
    string.open(place === "key" || (place === "value" && wanted()));
  };
  const closeString = (): void => {
    inString = false;
    if (place === "key") {
      key = string.text();
      place = "colon";
    } else if (place === "value") {
      if (wanted()) decide(string.text());
      place = "inside";
    }
  };
  /** Moves past the string's next bytes; returns where it ends or the chunk does. */
  const passString = (chunk: Uint8Array, from: number): number => {
    const end = string.read(chunk, from);
    if (end === undefined) return chunk.length;
    closeString();
    return end;
  };

  /** Takes one byte that is not within a string. */
  const step = (byte: number, offset: number): void => {
    if (isSpace(byte)) return;
    if (place === "start") {
      if (byte !== OPEN_OBJECT) return stop();
      depth = 1;
      place = "key";
      return;
    }
    if (place === "colon") {
      if (byte !== COLON) return stop();
      place = "value";
      return;
    }
    if (byte === QUOTE) {
      if (place === "inside" && depth === 1) return stop();
      return openString();
    }
    if (byte === CLOSE_OBJECT || byte === CLOSE_ARRAY) {
      if (--depth > 0) return;
      length = offset + 1;
      return stop();
    }
    if (place === "key") return stop();
    if (place === "value") {
      if (wanted()) decide(undefined);
      place = "inside";
    }
    if (byte === OPEN_OBJECT || byte === OPEN_ARRAY) depth++;
    else if (byte === COMMA && depth === 1) place = "key";
  };

  return {
    push(chunk) {
      let i = 0;
      while (i < chunk.length && !over) {
        if (inString) i = passString(chunk, i);
        else step(chunk[i] as number, seen + i++);
      }
      seen += chunk.length;
      return known;
    },
    get model() {
      return model;
    },
    get length() {
      return length;
    },
  };
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
