import { nextTurn } from "../next-turn.ts";

type Reader = ReadableStreamDefaultReader<Uint8Array>;
type Step = Awaited<ReturnType<Reader["read"]>>;

/** The beginning of a body, read before its answer goes out. */
export interface Beginning {
  readonly chunks: Uint8Array[];
  /** Nothing comes after the chunks. */
  readonly whole: boolean;
  /** A read that is under way, whose chunk comes next. */
  readonly next?: Promise<Step>;
}

/** Up to this many bytes an answer waits for its first read, to go out with its length. */
const MOST_BYTES = 64 * 1024;

/**
 * Waits for the first read of a small body, and takes what is there with it: Bun hands over the
 * first 16 KiB of what it has received, and the rest within the same turn.
 *
 * @param length of the body in bytes, where it is known
 * @throws what the first read throws
 */
export async function beginSmallBody(
  reader: Reader,
  length: number | undefined,
): Promise<Beginning> {
  const chunks: Uint8Array[] = [];
  if (length === undefined || length > MOST_BYTES) return { chunks, whole: false };
  let missing = length;
  let step: Step | void = await reader.read();
  while (step.value !== undefined) {
    chunks.push(step.value);
    missing -= step.value.byteLength;
    if (missing === 0) break;
    const next = reader.read();
    // A failure belongs to whoever reads on.
    step = await Promise.race([next.catch(() => {}), nextTurn()]);
    if (step === undefined) return { chunks, whole: false, next };
  }
  return { chunks, whole: missing === 0 };
}
