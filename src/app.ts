import type { Api } from "./apis.ts";
import { findDialect } from "./dialects/all.ts";
import type { Ending, Exchange } from "./exchange.ts";
import { detached, type Handler } from "./handler.ts";
import type { Metrics } from "./metrics/metrics.ts";
import { createBudget } from "./proxy/hold.ts";
import { errorResponse, refusal } from "./proxy/refusal.ts";
import { pathOf, requestTarget, routedPath } from "./proxy/target.ts";
import type { Upstream } from "./proxy/upstream.ts";
import { changesInventory } from "./routes/inventory.ts";
import { measured } from "./routes/measured.ts";
import { type FindOwn, ownRoutes } from "./routes/own.ts";
import { type Passing, passthrough } from "./routes/passthrough.ts";
import type { StateReader } from "./state/state-reader.ts";

export interface AppOptions {
  readonly upstream: Upstream;
  readonly metrics: Metrics;
  /** What Ollama says of itself is on the page; without it, nothing is asked. */
  readonly state?: StateReader;
  /** Whether `/metrics` and our other own paths are answered here; if not, they are forwarded. */
  readonly ownsMetrics: boolean;
  /** What is measured. */
  readonly observe: readonly Api[];
  /** Called for each request that asks for an answer in an API that is not measured. */
  onUnmeasured?(api: Api): void;
  /** Whether there is no room for another request; what runs goes on. */
  overloaded?(): boolean;
  /** Called once for each forwarded request, when its answer has ended. */
  onEnd?(exchange: Exchange, ending: Ending): void;
}

/** Bytes of requests that are held until their model is known, all together. */
const MOST_HELD = 256 * 1024 * 1024;

export interface App {
  readonly handle: Handler;
  /** Forwarded requests whose answers have not ended. */
  running(): number;
}

/** The proxy and its three flows. */
export function createApp(options: AppOptions): App {
  const { upstream, metrics, state, ownsMetrics, observe, onUnmeasured, overloaded, onEnd } =
    options;
  const findOwn: FindOwn = ownsMetrics ? ownRoutes(metrics, state) : () => undefined;
  const budget = createBudget(MOST_HELD);
  let running = 0;

  const handle: Handler = (request, connection = detached) => {
    const { method } = request;
    const path = pathOf(requestTarget(request.url));
    const own = findOwn(method, path);
    if (own) return own(request);

    const refused = refusal(request);
    if (refused) return Promise.resolve(refused);
    if (overloaded?.()) return Promise.resolve(busy());

    const routed = routedPath(path);
    connection.hold();
    running++;
    const exchange = arrive(connection.client, method, path);
    const passing: Passing = {
      exchange,
      connection,
      upstream,
      onEnd(ending) {
        running--;
        if (changesInventory(method, routed)) state?.inventoryChanged();
        onEnd?.(exchange, ending);
      },
    };
    const dialect = findDialect(method, routed);
    if (dialect && observe.includes(dialect.api)) {
      return measured(request, { ...passing, dialect, metrics, budget });
    }
    if (dialect) onUnmeasured?.(dialect.api);
    return passthrough(request, passing);
  };
  return { handle, running: () => running };
}

/** Our own paths on a listener of their own, where there is nothing else. */
export function createMetricsApp(metrics: Metrics, state?: StateReader): Handler {
  const findOwn = ownRoutes(metrics, state);
  return async (request) => {
    const own = findOwn(request.method, pathOf(requestTarget(request.url)));
    if (own) return own(request);
    return new Response("404 page not found: the metrics are at /metrics\n", { status: 404 });
  };
}

function arrive(client: string, method: string, path: string): Exchange {
  return { arrivedAt: performance.now(), client, method, path };
}

/** A connection that stays open would keep the descriptor that is needed. */
function busy(): Response {
  const message = "ollama-exporter has no room for another request, please try again";
  return errorResponse(503, message, { connection: "close" });
}
