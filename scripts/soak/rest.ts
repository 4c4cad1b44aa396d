import { setTimeout } from "node:timers/promises";
import type { Rest } from "./findings.ts";
import type { Stage } from "./stage.ts";

/** Milliseconds in which what is over gets closed, and the most to wait for it. */
const LEAST = 500;
const MOST = 10_000;

/** Waits until nothing is open any more, though not for ever, and looks then. */
export async function comeToRest(
  { upstream, vitals }: Stage,
  descriptors = Infinity,
): Promise<Omit<Rest, "cost">> {
  const until = performance.now() + MOST;
  for (;;) {
    await setTimeout(LEAST);
    const now = { ...vitals(), upstreamOpen: await upstream.open() };
    const isAtRest = now.upstreamOpen === 0 && now.descriptors <= descriptors;
    if (isAtRest || performance.now() > until) return now;
  }
}
