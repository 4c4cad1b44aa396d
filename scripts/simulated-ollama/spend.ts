import { setImmediate, setTimeout } from "node:timers/promises";

/**
 * Waits `milliseconds` times `pace` and returns the nanoseconds it took. At pace 0 it returns the
 * nominal time after one turn of the event loop, so that a client that left is still noticed.
 */
export async function spend(
  milliseconds: number,
  pace: number,
  signal: AbortSignal,
): Promise<number> {
  if (pace === 0) {
    await setImmediate(undefined, { signal });
    return Math.round(milliseconds * 1e6);
  }
  const started = Bun.nanoseconds();
  await setTimeout(milliseconds * pace, undefined, { signal });
  return Bun.nanoseconds() - started;
}
