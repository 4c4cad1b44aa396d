import type { Families } from "./families.ts";

/** What the metrics page said at one moment. */
export interface Scrape {
  /** Milliseconds of Unix time, on the clock of this browser. */
  readonly at: number;
  /** The same moment on the clock of the exporter's machine, as its answer's Date says. */
  readonly serverAt: number;
  readonly families: Families;
}
