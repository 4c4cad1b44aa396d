import { findDialect } from "./dialects/all.ts";
import type { Ending, Exchange } from "./exchange.ts";
import { detached, type Handler } from "./handler.ts";
import type { Metrics } from "./metrics/metrics.ts";
import { createBudget } from "./proxy/hold.ts";
import { errorResponse, refusal } from "./proxy/refusal.ts";
import { pathOf, requestTarget } from "./proxy/target.ts";
import type { Upstream } from "./proxy/upstream.ts";
import { exposition } from "./routes/exposition.ts";
import { measured } from "./routes/measured.ts";
import { type Passing, passthrough } from "./routes/passthrough.ts";

export interface AppOptions {
  readonly upstream: Upstream;
  readonly metrics: Metrics;
  /** Whether `/metrics` is answered here; if not, it is forwarded like any other path. */
  readonly ownsMetrics: boolean;
  /** Whether there is no room for another request; what runs goes on. */
  overloaded?(): boolean;
  /** Called once for each forwarded request, when its answer has ended. */
  onEnd?(exchange: Exchange, ending: Ending): void;
}

/** Bytes of requests that are held until their model is known, all together. */
const MOST_HELD = 256 * 1024 * 1024;

const METRICS_PATH = "/metrics";

export interface App {
  readonly handle: Handler;
  /** Forwarded requests whose answers have not ended. */
  running(): number;
}

/** The proxy and its three flows. */
export function createApp(options: AppOptions): App {
  const { upstream, metrics, ownsMetrics, overloaded, onEnd } = options;
  const budget = createBudget(MOST_HELD);
  let running = 0;

  const handle: Handler = (request, connection = detached) => {
    const { method } = request;
    const path = pathOf(requestTarget(request.url));
    if (ownsMetrics && path === METRICS_PATH && isRead(method)) return exposition(request, metrics);

    const refused = refusal(request);
    if (refused) return Promise.resolve(refused);
    if (overloaded?.()) return Promise.resolve(busy());

    connection.hold();
    running++;
    const exchange = arrive(connection.client, method, path);
    const passing: Passing = {
      exchange,
      connection,
      upstream,
      onEnd(ending) {
        running--;
        onEnd?.(exchange, ending);
      },
    };
    const dialect = findDialect(method, path);
    return dialect
      ? measured(request, { ...passing, dialect, metrics, budget })
      : passthrough(request, passing);
  };
  return { handle, running: () => running };
}

/** `/metrics` on a listener of its own, where there is nothing else. */
export function createMetricsApp(metrics: Metrics): Handler {
  return async (request) =>
    isRead(request.method) && pathOf(requestTarget(request.url)) === METRICS_PATH
      ? exposition(request, metrics)
      : new Response("404 page not found: the metrics are at /metrics\n", { status: 404 });
}

function arrive(client: string, method: string, path: string): Exchange {
  return { arrivedAt: performance.now(), client, method, path };
}

/** A connection that stays open would keep the descriptor that is needed. */
function busy(): Response {
  const message = "ollama-exporter has no room for another request, please try again";
  return errorResponse(503, message, { connection: "close" });
}

function isRead(method: string): boolean {
  return method === "GET" || method === "HEAD";
}
