import type { Clients } from "./clients.ts";
import type { SoakedExporter } from "./exporter.ts";
import type { SoakUpstream } from "./upstream.ts";
import type { Vitals } from "./vitals.ts";

/** All that takes part. */
export interface Stage {
  readonly upstream: SoakUpstream;
  readonly exporter: SoakedExporter;
  readonly clients: Clients;
  /** Of the exporter. */
  vitals(): Vitals;
  /** Tells whoever watches. */
  say(line: string): void;
}
