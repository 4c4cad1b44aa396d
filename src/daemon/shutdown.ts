import { constants } from "node:os";
import process from "node:process";
import type { Log } from "../log.ts";
import type { Listener } from "../runtime/runtime.ts";
import { createPresses } from "./presses.ts";

export interface Draining {
  readonly log: Log;
  readonly listeners: readonly Listener[];
  /** Milliseconds. */
  readonly gracePeriod: number;
  /** Answers that are still running. */
  running(): number;
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/**
 * Waits for SIGINT or SIGTERM, then stops accepting and lets running answers finish; what has not
 * finished by the end of the grace period is cut. A second signal ends the process at once, with
 * the exit code that shells give to a process that the signal ended.
 */
export async function untilShutdown(draining: Draining): Promise<undefined> {
  const { log, listeners, gracePeriod, running } = draining;
  const first = Promise.withResolvers<void>();
  const press = createPresses();
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (press(signal) > 1) process.exit(128 + constants.signals[signal]);
      first.resolve();
    });
  }
  await first.promise;

  const seconds = gracePeriod / 1000;
  if (running() === 0) log.info("shutting down");
  else log.info(`shutting down: ${running()} running answers have ${seconds} s to finish`);
  const drained = Promise.all(listeners.map((listener) => listener.drain()));
  const deadline = Promise.withResolvers<"late">();
  const timer = setTimeout(() => deadline.resolve("late"), gracePeriod);
  const outcome = await Promise.race([drained, deadline.promise]);
  clearTimeout(timer);
  if (outcome !== "late") return undefined;
  const rest = running();
  if (rest > 0) log.warn(`cut ${rest} answers that were still running after ${seconds} s`);
  await Promise.all(listeners.map((listener) => listener.cut()));
  return undefined;
}
