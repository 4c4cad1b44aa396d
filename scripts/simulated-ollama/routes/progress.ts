import type { Exchange } from "../exchange.ts";
import { PLAIN_JSON_TYPE, sendJson, writeLine } from "../reply.ts";
import type { Simulation } from "../simulation.ts";
import { spend } from "../spend.ts";

/** A line of pull or create: a status with what belongs to it, or an error, which is the last. */
export type Progress =
  | { readonly status: string; readonly [field: string]: unknown }
  | { readonly error: string };

/** What the registry's "not there" becomes. */
export const PULL_FAILURE: readonly Progress[] = [
  { status: "pulling manifest" },
  { error: "pull model manifest: file does not exist" },
];

/** Milliseconds between two lines of a download. */
const INTERVAL = 60;

/** Sends the lines one by one, or, when the request says `stream: false`, only the last. */
export async function sendProgress(
  simulation: Simulation,
  exchange: Exchange,
  lines: readonly Progress[],
  stream: boolean | null | undefined,
): Promise<void> {
  for (const line of lines) {
    await spend("completed" in line ? INTERVAL : 1, simulation.pace, exchange.signal);
    if (stream ?? true) await writeLine(exchange, line);
  }
  if (stream ?? true) {
    exchange.response.end();
    return;
  }
  const last = lines.at(-1) ?? { status: "success" };
  // The status can still tell: nothing was sent yet.
  sendJson(exchange.response, last, "error" in last ? 500 : 200, PLAIN_JSON_TYPE);
}
