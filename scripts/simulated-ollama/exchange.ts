import type { IncomingMessage, ServerResponse } from "node:http";

import type { Simulation } from "./simulation.ts";

/** One request and its answer. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Without the query. */
  readonly path: string;
  /** Aborted when the client leaves before the answer is complete. */
  readonly signal: AbortSignal;
}

export type Handler = (simulation: Simulation, exchange: Exchange) => void | Promise<void>;
