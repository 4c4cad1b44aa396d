import { setTimeout } from "node:timers/promises";
import type { Connection } from "../handler.ts";
import { plainText } from "./plain-text.ts";
import type { Traffic } from "./traffic.ts";

export const IDLE_PATH = "/-/idle";

/**
 * `GET /-/idle`: answers once no forwarded request is in flight, and changes nothing. For a hook that
 * runs before Ollama is stopped, which cuts its streams at once when it is.
 *
 * @param drainDelay milliseconds that it takes at least: who is sent here may learn only now that others
 *   are to be asked, and must not find Ollama stopped
 */
export function idleRoute(
  traffic: Traffic,
  drainDelay: number,
): (request: Request, connection: Connection) => Promise<Response> {
  return async (request, connection) => {
    connection.hold();
    await setTimeout(drainDelay, undefined, { signal: request.signal }).catch(() => {});
    await traffic.whenIdle(request.signal);
    connection.release();
    return plainText(request, "ollama-exporter is idle.\n");
  };
}
