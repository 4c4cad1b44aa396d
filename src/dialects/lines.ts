import { Buffer } from "node:buffer";

/** Bytes; the longest line that Ollama's own client reads. */
const MOST_BYTES = 8_000_000;

export interface LineSplitter {
  push(text: string): void;
  /** What is left is a line too. */
  end(): void;
}

/**
 * Splits text into lines at LF or CRLF, the last with or without one. A line over the cap is let
 * go and reported when it passes the cap. The cost is linear however small the pieces are: they are
 * kept apart and joined once.
 */
export function createLineSplitter(
  onLine: (line: string) => void,
  onTooLong: () => void,
  cap: number = MOST_BYTES,
): LineSplitter {
  let pieces: string[] = [];
  let bytes = 0;
  let letGo = false;

  const add = (piece: string): void => {
    if (letGo) return;
    bytes += Buffer.byteLength(piece);
    if (bytes <= cap) {
      pieces.push(piece);
      return;
    }
    letGo = true;
    pieces = [];
    onTooLong();
  };
  const finish = (): void => {
    const line = pieces.length === 1 ? (pieces[0] as string) : pieces.join("");
    const whole = !letGo;
    pieces = [];
    bytes = 0;
    letGo = false;
    if (whole && line !== "") onLine(line.endsWith("\r") ? line.slice(0, -1) : line);
  };

  return {
    push(text) {
      let start = 0;
      for (let end = text.indexOf("\n"); end !== -1; end = text.indexOf("\n", start)) {
        add(text.slice(start, end));
        finish();
        start = end + 1;
      }
      if (start < text.length) add(text.slice(start));
    },
    end: finish,
  };
}
