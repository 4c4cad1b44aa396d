import type { Counts } from "./clients.ts";
import type { Page } from "./page.ts";
import type { ChunkCost } from "./probe.ts";
import type { Sample } from "./sampler.ts";
import type { Vitals } from "./vitals.ts";

/** The exporter when nothing is asked of it. */
export interface Rest extends Vitals {
  /** Connections that the upstream has open. */
  readonly upstreamOpen: number;
  readonly cost: ChunkCost;
}

/** What was seen while the traffic ran. */
export interface Observed {
  readonly samples: readonly Sample[];
  readonly scrapes: number;
  readonly firstPage: Page;
  readonly lastPage: Page;
  /** What the clients did, all that came before included. */
  readonly clients: Readonly<Counts>;
  /** Answers that were not as they should be, in words. */
  readonly wrong: readonly string[];
}

/** All that a soak has seen. */
export interface Findings extends Observed {
  /** Milliseconds of mixed traffic. */
  readonly duration: number;
  readonly before: Rest;
  readonly after: Rest;
  /** Lines of level error in the exporter's log. */
  readonly errors: readonly string[];
  /** How the exporter ended when it was asked to. */
  readonly ending: string;
}
