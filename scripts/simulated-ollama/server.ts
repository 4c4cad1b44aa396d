import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

import { answerRequest } from "./answer-request.ts";
import { DEFAULT_MODELS } from "./default-models.ts";
import { modelKey } from "./model-name.ts";
import type { Model } from "./model.ts";
import type { Simulation } from "./simulation.ts";
import { createSlots } from "./slots.ts";
import { createTally, type Tally } from "./tally.ts";

export interface SimulatedOllamaOptions {
  /** @default 0, which lets the system choose a free one */
  readonly port?: number;
  /** @default "127.0.0.1" */
  readonly hostname?: string;
  /** Multiplies every wait: 1 is the speed of the recordings, 0 waits for nothing. @default 1 */
  readonly pace?: number;
  /** Answers at once per model; the others queue. @default Infinity */
  readonly parallel?: number;
  /** @default DEFAULT_MODELS */
  readonly models?: readonly Model[];
}

export interface SimulatedOllama {
  /** Without a final slash. */
  readonly url: string;
  readonly port: number;
  /** What it did so far, kept up to date. */
  readonly tally: Tally;
  /** Cuts every connection. */
  stop(): Promise<void>;
}

/** An Ollama without models or a graphics card: what 0.24 says, at the pace it says it. */
export function startSimulatedOllama(options: SimulatedOllamaOptions = {}): SimulatedOllama {
  const { port: wanted = 0, hostname = "127.0.0.1", pace = 1, parallel = Infinity } = options;
  const models = options.models ?? DEFAULT_MODELS;
  const simulation: Simulation = {
    pace,
    models: new Map(models.map((model) => [modelKey(model.name), model])),
    loaded: new Map(),
    blobs: new Set(),
    slots: createSlots(parallel),
    tally: createTally(),
  };

  const server = createServer((request: IncomingMessage, response: ServerResponse) => {
    void answerRequest(simulation, request, response);
  });
  // A port in use is told by the missing address below.
  server.on("error", () => {});
  // Ollama's server has no time limits.
  Object.assign(server, { timeout: 0, requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0 });
  server.listen(wanted, hostname);
  // Bun has bound the port when `listen` returns.
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new Error(`Cannot listen on "${hostname}:${wanted}"`);
  const { port } = address;

  return {
    url: `http://${hostname}:${port}`,
    port,
    tally: simulation.tally,
    async stop() {
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      server.closeAllConnections();
      await promise;
    },
  };
}
