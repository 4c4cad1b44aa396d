/**
 * Moves past a JSON string that comes in pieces, with a native search for its end, and keeps its
 * text on request.
 */
export interface JsonStringReader {
  /** The opening quote has been seen. */
  open(keep: boolean): void;
  /** Reads on; the offset behind the closing quote, undefined if the chunk ends first. */
  read(chunk: Uint8Array, from: number): number | undefined;
  /** The string that was read last; undefined if it was not kept, was too long or is no JSON. */
  text(): string | undefined;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;

/** Raw bytes of a key or a name that are kept; a longer one is neither `model` nor a model's name. */
const MOST_KEPT = 4096;

export function createJsonStringReader(): JsonStringReader {
  let escaped = false;
  /** Undefined while nothing is kept. */
  let kept: number[] | undefined;

  const keep = (chunk: Uint8Array, start: number, end: number): void => {
    if (kept === undefined) return;
    if (kept.length + end - start > MOST_KEPT) kept = undefined;
    else for (let i = start; i < end; i++) kept.push(chunk[i] as number);
  };

  return {
    open(wanted) {
      escaped = false;
      kept = wanted ? [] : undefined;
    },
    read(chunk, from) {
      for (let start = from; ;) {
        const quote = chunk.indexOf(QUOTE, start);
        const end = quote === -1 ? chunk.length : quote;
        const odd = endsEscaped(chunk, start, end, escaped);
        keep(chunk, start, end);
        escaped = odd && quote === -1;
        if (quote === -1) return undefined;
        if (!odd) return quote + 1;
        keep(chunk, quote, quote + 1);
        start = quote + 1;
      }
    },
    text: () => kept && decode(kept),
  };
}

/** Whether the byte at `end` is escaped, given whether the one at `start` is. */
function endsEscaped(chunk: Uint8Array, start: number, end: number, escaped: boolean): boolean {
  let first = end;
  while (first > start && chunk[first - 1] === BACKSLASH) first--;
  const run = end - first;
  // A run that reaches back to an escaped start has its first backslash spent already.
  const spent = first === start && escaped;
  return run === 0 ? spent : (run - (spent ? 1 : 0)) % 2 === 1;
}

/** A byte order mark within a string is a character like any other. */
const UTF8 = new TextDecoder("utf-8", { ignoreBOM: true });

function decode(bytes: readonly number[]): string | undefined {
  try {
    const text: unknown = JSON.parse(`"${UTF8.decode(Uint8Array.from(bytes))}"`);
    return typeof text === "string" ? text : undefined;
  } catch {
    return undefined;
  }
}
