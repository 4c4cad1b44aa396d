import type { Clients } from "./clients.ts";
import { expectAnswer } from "./expect.ts";
import { BODIES } from "./plays.ts";
import type { Vitals } from "./vitals.ts";
import { played } from "./visits/faults.ts";

/** Processor time of the exporter per forwarded chunk, in nanoseconds, with nothing else going on. */
export interface ChunkCost {
  readonly shortStreams: number;
  readonly longStreams: number;
}

/** Streams at once, and milliseconds between two chunks of each. */
const STREAMS = 10;
const GAP = 2;

/** Chunks of a stream. */
export const SHORT = 100;
export const LONG = 1000;

/**
 * Compares streams of two lengths, as many chunks of each, from as many streams at once. Gives the
 * least of several times, since whatever else the machine does can only add to them: single ones
 * were seen to differ by half on a machine that others use.
 */
export async function probe(
  clients: Clients,
  vitals: () => Vitals,
  times: number,
): Promise<ChunkCost> {
  let [shortStreams, longStreams] = [Infinity, Infinity];
  for (let time = 0; time < times; time++) {
    shortStreams = Math.min(shortStreams, await cost(clients, vitals, SHORT));
    longStreams = Math.min(longStreams, await cost(clients, vitals, LONG));
  }
  return { shortStreams, longStreams };
}

async function cost(clients: Clients, vitals: () => Vitals, lines: number): Promise<number> {
  const body = BODIES.steady(lines);
  const visit = played(`steady/${lines}/${GAP}`, (answer) => expectAnswer(answer, 200, body));
  const stream = async (): Promise<void> => {
    for (let sent = 0; sent < LONG; sent += lines) await clients.visit("probe", visit(0));
  };
  const { cpu } = vitals();
  const { chunks } = clients.counts;
  await Promise.all(Array.from({ length: STREAMS }, stream));
  return (vitals().cpu - cpu) / (clients.counts.chunks - chunks);
}
