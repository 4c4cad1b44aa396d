import type { Sample } from "./sampler.ts";
import type { Stage } from "./stage.ts";

/** Milliseconds between two lines. */
const EVERY = 10_000;

/** Says every ten seconds how things are. */
export function showProgress(
  { clients, say }: Stage,
  look: () => Omit<Sample, "at">,
  duration: number,
): { stop(): void } {
  const start = performance.now();
  let last = { at: start, cpu: look().cpu };
  const timer = setInterval(() => {
    const at = performance.now();
    const { cpu, resident, descriptors, series } = look();
    const share = (100 * (cpu - last.cpu)) / ((at - last.at) * 1e6);
    last = { at, cpu };
    say(
      [
        `${Math.round((at - start) / 1000)} of ${Math.round(duration / 1000)} s`,
        `${(resident / 2 ** 20).toFixed(1)} MiB`,
        `${descriptors} descriptors`,
        `${series} series`,
        `${clients.counts.requests} requests`,
        `${clients.wrong.length} wrong answers`,
        `${share.toFixed(0)} % of a processor`,
      ].join(", "),
    );
  }, EVERY);
  return { stop: () => clearInterval(timer) };
}
