import type { Connection } from "../handler.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { StateReader } from "../state/state-reader.ts";
import { exposition } from "./exposition.ts";
import { healthy, HEALTHY_PATH } from "./healthy.ts";
import { IDLE_PATH, idleRoute } from "./idle.ts";
import { READY_PATH, readyRoute } from "./ready.ts";
import type { Traffic } from "./traffic.ts";

/** Answers GET and HEAD of a path that is the exporter's own. */
export type OwnRoute = (request: Request, connection: Connection) => Promise<Response>;

/** The route of a request to one of our own paths; undefined for all others. */
export type FindOwn = (method: string, path: string) => OwnRoute | undefined;

/** Where the live page is. */
export const PAGE_PATH = "/-/";

export interface OwnOptions {
  readonly metrics: Metrics;
  /** What Ollama says of itself is on the page; without it, nothing is asked. */
  readonly state?: StateReader;
  readonly traffic: Traffic;
  /** Where the exposition is. */
  readonly metricsPath: string;
  /** The live page; there is none without it. */
  readonly page?: OwnRoute;
  /** Whether Ollama's own paths are elsewhere, so that the page can be at `/` as well. */
  readonly alone?: boolean;
  /** Milliseconds for which requests may still come when they are sent elsewhere. @default 0 */
  readonly drainDelay?: number;
  /** Whether the end has begun. */
  isDraining?(): boolean;
}

/** The exporter's own paths, one row each. */
export function ownRoutes(options: OwnOptions): FindOwn {
  const { metrics, state, traffic, metricsPath, page, alone } = options;
  const { drainDelay = 0, isDraining = () => false } = options;
  const upstream = () => state?.known();
  const routes = new Map<string, OwnRoute>([
    [metricsPath, (request) => exposition(request, metrics, state)],
    [HEALTHY_PATH, healthy],
    [READY_PATH, readyRoute({ isDraining, upstream })],
    [IDLE_PATH, idleRoute(traffic, drainDelay)],
  ]);
  if (page) routes.set(PAGE_PATH, page);
  if (page && alone) routes.set("/", page);
  return (method, path) => (isRead(method) ? routes.get(path) : undefined);
}

function isRead(method: string): boolean {
  return method === "GET" || method === "HEAD";
}
