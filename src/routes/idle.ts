import { setTimeout } from "node:timers/promises";
import { durationOf } from "../duration.ts";
import type { Connection } from "../handler.ts";
import { plainText } from "./plain-text.ts";
import type { Traffic } from "./traffic.ts";

export const IDLE_PATH = "/-/idle";

/**
 * `GET /-/idle`: answers once no forwarded request is in flight, and changes nothing. For a hook that
 * runs before Ollama is stopped, which cuts its streams at once when it is. With `?timeout=300s` it is
 * 503 if that has not come by then.
 *
 * @param drainDelay milliseconds that it takes at least: who is sent here may learn only now that others
 *   are to be asked, and must not find Ollama stopped
 */
export function idleRoute(
  traffic: Traffic,
  drainDelay: number,
): (request: Request, connection: Connection) => Promise<Response> {
  let asking = 0;
  return async (request, connection) => {
    if (asking >= MOST_ASKING) {
      const answer = plainText(request, CROWDED, 503);
      answer.headers.set("connection", "close");
      return answer;
    }
    const timeout = timeoutIn(request.url);
    if (timeout === undefined) return plainText(request, WRONG_TIMEOUT, 400);
    const limit = timeout === Infinity ? NEVER : AbortSignal.timeout(timeout);
    const over = AbortSignal.any([request.signal, limit]);
    connection.hold();
    asking++;
    const delayed = drainDelay === 0 || (await passed(drainDelay, over));
    await traffic.whenIdle(over);
    asking--;
    connection.release();
    const running = traffic.running();
    if (running === 0 && delayed) return plainText(request, "ollama-exporter is idle.\n");
    const why = delayed ? `${running} in flight` : "the drain delay has not passed";
    return plainText(request, `ollama-exporter is not idle: ${why}.\n`, 503);
  };
}

/** Whether so many milliseconds have passed before nobody waits any more. */
function passed(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return setTimeout(milliseconds, true, { signal }).catch(() => false);
}

/** Each keeps a descriptor that running answers may need. */
const MOST_ASKING = 64;
const CROWDED = "Too many are waiting for this already.\n";

const NEVER = new AbortController().signal;

const WRONG_TIMEOUT =
  "The timeout is not a duration: use numbers with ms, s, m or h, as in 300s.\n";

/** Milliseconds; Infinity where none is asked for, undefined for what is no duration. */
function timeoutIn(url: string): number | undefined {
  const query = url.indexOf("?");
  const asked = query === -1 ? null : new URLSearchParams(url.slice(query)).get("timeout");
  if (asked === null) return Infinity;
  const duration = durationOf(asked);
  // The most that a timer takes.
  return duration === undefined ? undefined : Math.min(duration, 2 ** 31 - 1);
}
