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
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;
const COLON = 0x3a;
const COMMA = 0x2c;

/** Raw bytes of a key or a name that are kept; a longer one is neither `model` nor a model's name. */
const MOST_KEPT = 4096;

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

  let inString = false;
  let escaped = false;
  /** Undefined while a string is skipped. */
  let kept: number[] | undefined;

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
    kept = place === "key" || (place === "value" && wanted()) ? [] : undefined;
  };
  const closeString = (): void => {
    inString = false;
    const text = kept && decodeString(kept);
    if (place === "key") {
      key = text;
      place = "colon";
    } else if (place === "value") {
      if (wanted()) decide(text);
      place = "inside";
    }
  };

  /** Moves past the string's next bytes; returns where it ends or the chunk does. */
  const skipString = (chunk: Uint8Array, from: number): number => {
    for (let start = from; ;) {
      const quote = chunk.indexOf(QUOTE, start);
      const end = quote === -1 ? chunk.length : quote;
      const odd = endsEscaped(chunk, start, end, escaped);
      keep(chunk, start, end);
      escaped = odd && quote === -1;
      if (quote === -1) return chunk.length;
      if (!odd) return (closeString(), quote + 1);
      keep(chunk, quote, quote + 1);
      start = quote + 1;
    }
  };
  const keep = (chunk: Uint8Array, start: number, end: number): void => {
    if (kept === undefined) return;
    if (kept.length + end - start > MOST_KEPT) kept = undefined;
    else for (let i = start; i < end; i++) kept.push(chunk[i] as number);
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
        if (inString) i = skipString(chunk, i);
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

/** Whether the byte at `end` is escaped, given whether the one at `start` is. */
function endsEscaped(chunk: Uint8Array, start: number, end: number, escaped: boolean): boolean {
  let first = end;
  while (first > start && chunk[first - 1] === BACKSLASH) first--;
  const run = end - first;
  // A run that reaches back to an escaped start has its first backslash spent already.
  return (
    (run - (first === start && escaped ? 1 : 0)) % 2 === 1 ||
    (run === 0 && first === start && escaped)
  );
}

/** A byte order mark within a string is a character like any other. */
const UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });

function decodeString(bytes: readonly number[]): string | undefined {
  try {
    const text: unknown = JSON.parse(`"${UTF8.decode(Uint8Array.from(bytes))}"`);
    return typeof text === "string" ? text : undefined;
  } catch {
    return undefined;
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
