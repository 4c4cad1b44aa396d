import { writeSync } from "node:fs";

/** Milliseconds after which a reader that is slow is asked again whether it can take more. */
const PAUSE_MS = 5;

const never = new Int32Array(new SharedArrayBuffer(4));

/**
 * Writes all of a text before it returns, so that nothing is lost when the process exits. Whoever no
 * longer reads, as in `--help | head -1`, has had what it came for.
 *
 * @throws the system's error where it cannot be written, as on a disk that is full
 */
export function writeAll(descriptor: number, text: string): void {
  let rest: Uint8Array = new TextEncoder().encode(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EPIPE") return;
      if (code !== "EAGAIN") throw error;
      // A pipe that does not wait, and is full.
      Atomics.wait(never, 0, 0, PAUSE_MS);
    }
  }
}
