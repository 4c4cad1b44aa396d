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
import type { FindOwn } from "./routes/own.ts";
import { type Passing, passthrough } from "./routes/passthrough.ts";
import type { Traffic } from "./routes/traffic.ts";

export interface AppOptions {
  readonly upstream: Upstream;
  readonly metrics: Metrics;
  /** Our own paths, if they are answered here; without it all are forwarded. */
  readonly findOwn?: FindOwn;
  readonly traffic: Traffic;
  /** What is measured. */
  readonly observe: readonly Api[];
  /** Called for each request that asks for an answer in an API that is not measured. */
  onUnmeasured?(api: Api): void;
  /** Called when a request has ended after which Ollama may have other models. */
  onInventoryChange?(): void;
  /** Whether there is no room for another request; what runs goes on. */
  overloaded?(): boolean;
  /** Called once for each forwarded request, when its answer has ended. */
  onEnd?(exchange: Exchange, ending: Ending): void;
}

/** Bytes of requests that are held until their model is known, all together. */
const MOST_HELD = 256 * 1024 * 1024;

/** The proxy and its three flows. */
export function createApp(options: AppOptions): Handler {
  const { upstream, metrics, findOwn, traffic, observe } = options;
  const budget = createBudget(MOST_HELD);

  return (request, connection = detached) => {
    const { method } = request;
    const path = pathOf(requestTarget(request.url));
    const own = findOwn?.(method, path);
    if (own) return own(request, connection);

    const refused = refusal(request);
    if (refused) return Promise.resolve(refused);
    if (options.overloaded?.()) return Promise.resolve(busy());

    const routed = routedPath(path);
    connection.hold();
    traffic.begin();
    const exchange = arrive(connection.client, method, path);
    const passing: Passing = {
      exchange,
      connection,
      upstream,
      onEnd(ending) {
        traffic.end();
        if (changesInventory(method, routed)) options.onInventoryChange?.();
        options.onEnd?.(exchange, ending);
      },
    };
    const dialect = findDialect(method, routed);
    if (dialect && observe.includes(dialect.api)) {
      return measured(request, { ...passing, dialect, metrics, budget });
    }
    if (dialect) {
      metrics.unmeasured(dialect.api);
      options.onUnmeasured?.(dialect.api);
    }
    return passthrough(request, passing);
  };
}

/** Our own paths on a listener of their own, where there is nothing else. */
export function createOwnApp(findOwn: FindOwn, metricsPath: string): Handler {
  return async (request, connection = detached) => {
    const path = pathOf(requestTarget(request.url));
    const own = findOwn(request.method, path);
    if (own) return own(request, connection);
    if (findOwn("GET", path)) {
      return new Response("405 method not allowed\n", {
        status: 405,
        headers: { allow: "GET, HEAD" },
      });
    }
    return new Response(`404 page not found: the metrics are at ${metricsPath}\n`, { status: 404 });
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
