import type { Connection } from "../handler.ts";
import { plainText } from "./plain-text.ts";
import type { Traffic } from "./traffic.ts";

export const IDLE_PATH = "/-/idle";

/**
 * `GET /-/idle`: answers once no forwarded request is in flight, and changes nothing. For a hook that
 * runs before Ollama is stopped, which cuts its streams at once when it is.
 */
export function idleRoute(
  traffic: Traffic,
): (request: Request, connection: Connection) => Promise<Response> {
  return async (request, connection) => {
    connection.hold();
    await traffic.whenIdle(request.signal);
    connection.release();
    return plainText(request, "ollama-exporter is idle.\n");
  };
}
