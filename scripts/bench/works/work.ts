import type { Proxy } from "../proxies/proxy.ts";
import type { Worker } from "../worker.ts";

/** One line of the table. */
export interface Row {
  readonly name: string;
  readonly unit: string;
  /** What counts is the worst round, not the middle one. */
  readonly worst?: boolean;
  /** What counts is what a proxy adds to the straight way. */
  readonly added?: boolean;
  /** The most that is aimed at: times nginx's figure in the same round, or as a figure of its own. */
  readonly target?: { readonly timesNginx: number } | { readonly most: number };
}

/** Those who take part besides the proxies. */
export interface Crew {
  /** Clients in a process of their own. */
  readonly client: Worker;
  /** A second process of clients, for what disturbs the first one's. */
  readonly disturber: Worker;
  readonly upstreamPort: number;
}

/** One figure for each row. */
type Figures = readonly number[];

export interface Work {
  readonly rows: readonly Row[];
  /** Runs through this proxy; undefined where it says nothing about it. */
  run(proxy: Proxy, crew: Crew): Promise<Figures | undefined>;
}
