import type { Ending, Exchange } from "../exchange.ts";
import type { Connection } from "../handler.ts";
import { forward } from "../proxy/forward.ts";
import type { Upstream } from "../proxy/upstream.ts";

export interface Passing {
  readonly exchange: Exchange;
  readonly connection: Connection;
  readonly upstream: Upstream;
  onEnd(ending: Ending): void;
}

/** Everything that is not measured: forwarded as it is, nothing looked at. */
export function passthrough(request: Request, passing: Passing): Promise<Response> {
  const watcher = { head: () => undefined, end: passing.onEnd };
  return forward(request, { ...passing, body: request.body, watcher });
}
