import type { Metrics } from "../metrics/metrics.ts";
import type { StateReader } from "../state/state-reader.ts";
import { exposition } from "./exposition.ts";
import { healthy, HEALTHY_PATH } from "./healthy.ts";

/** Answers GET and HEAD of a path that is the exporter's own. */
type OwnRoute = (request: Request) => Promise<Response>;

/** The route of a request to one of our own paths; undefined for all others. */
export type FindOwn = (method: string, path: string) => OwnRoute | undefined;

/** The exporter's own paths, one row each. */
export function ownRoutes(metrics: Metrics, state?: StateReader): FindOwn {
  const routes = new Map<string, OwnRoute>([
    ["/metrics", (request) => exposition(request, metrics, state)],
    [HEALTHY_PATH, healthy],
  ]);
  return (method, path) => (isRead(method) ? routes.get(path) : undefined);
}

function isRead(method: string): boolean {
  return method === "GET" || method === "HEAD";
}
