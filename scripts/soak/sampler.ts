import { setTimeout } from "node:timers/promises";
import type { Vitals } from "./vitals.ts";

/** All that is watched, at one moment. */
export interface Sample extends Vitals {
  /** Milliseconds since the traffic began. */
  readonly at: number;
  readonly series: number;
  /** Lines of the log so far. */
  readonly logged: number;
  /** Chunks that clients got so far. */
  readonly chunks: number;
}

/** A sample a second; over longer times as many as in five minutes. */
const LEAST_GAP = 1000;
const SAMPLES = 300;

/** Looks until it is told to stop; gives all samples. */
export async function takeSamples(
  look: () => Omit<Sample, "at">,
  duration: number,
  signal: AbortSignal,
): Promise<readonly Sample[]> {
  const start = performance.now();
  const gap = Math.max(LEAST_GAP, duration / SAMPLES);
  const samples: Sample[] = [];
  while (!signal.aborted) {
    samples.push({ at: performance.now() - start, ...look() });
    await setTimeout(gap, undefined, { signal }).catch(() => {});
  }
  return samples;
}
