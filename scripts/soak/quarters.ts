import type { Sample } from "./sampler.ts";
import { median } from "../statistics.ts";
import type { Point } from "./trend.ts";

export type Watched = "resident" | "descriptors" | "series";

/** The samples that count for a trend: in the first quarter everything still warms up. */
export function judged(samples: readonly Sample[], duration: number): readonly Sample[] {
  return samples.filter(({ at }) => at >= duration / 4);
}

export function pointsOf(samples: readonly Sample[], what: Watched): Point[] {
  return samples.map((sample) => ({ at: sample.at, value: sample[what] }));
}

/** The median of each quarter of the traffic. */
export function medians(samples: readonly Sample[], what: Watched): number[] {
  return quartersOf(samples).map((quarter) => median(quarter.map((sample) => sample[what])));
}

/** Nanoseconds of processor time per forwarded chunk, all else that was done included. */
export function costPerQuarter(samples: readonly Sample[]): number[] {
  return quartersOf(samples).map((quarter) => {
    const [first, last] = [quarter.at(0), quarter.at(-1)];
    if (first === undefined || last === undefined) return NaN;
    return (last.cpu - first.cpu) / (last.chunks - first.chunks);
  });
}

function quartersOf(samples: readonly Sample[]): (readonly Sample[])[] {
  return [0, 1, 2, 3].map((quarter) =>
    samples.slice((samples.length * quarter) / 4, (samples.length * (quarter + 1)) / 4),
  );
}
