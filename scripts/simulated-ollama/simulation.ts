import type { Loaded } from "./loaded.ts";
import type { Model } from "./model.ts";
import type { Slots } from "./slots.ts";
import type { Tally } from "./tally.ts";

/** Everything that lasts longer than one exchange. */
export interface Simulation {
  /** Multiplies every wait; 0: nothing waits and durations are the nominal ones. */
  readonly pace: number;
  /** By `modelKey`. */
  readonly models: Map<string, Model>;
  /** By digest: two names of one model share a runner. */
  readonly loaded: Map<string, Loaded>;
  /** Digests of uploaded blobs, `sha256:…`. */
  readonly blobs: Set<string>;
  readonly slots: Slots;
  readonly tally: Tally;
}
