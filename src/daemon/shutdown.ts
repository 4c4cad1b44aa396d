import { constants } from "node:os";
import process from "node:process";
import type { Log } from "../log.ts";
import type { Listener } from "../runtime/runtime.ts";
import type { Listeners } from "./open-listeners.ts";
import { createPresses } from "./presses.ts";

export interface Draining {
  readonly log: Log;
  readonly listeners: Readonly<Listeners>;
  /** Milliseconds for which requests are still taken. */
  readonly drainDelay: number;
  /** Milliseconds that running answers may take after that. */
  readonly gracePeriod: number;
  /** Answers that are still running. */
  running(): number;
  /** Called when the end begins. */
  onBegin(): void;
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;

/** Milliseconds that a page under way may take when all else is over: as long as Ollama is asked. */
const LAST_PAGE_MS = 3000;

/**
 * Waits for SIGINT or SIGTERM, says from then on that we are not ready, and after the delay stops
 * accepting and lets running answers finish; what has not finished by the end of the grace period is
 * cut. A second signal ends the process at once, with the exit code that shells give to a process that
 * the signal ended.
 */
export async function untilShutdown(draining: Draining): Promise<undefined> {
  const { log, listeners, drainDelay, gracePeriod, running } = draining;
  await firstSignal();
  draining.onBegin();
  if (drainDelay > 0) {
    log.info(`shutting down: not ready, and taking requests for ${drainDelay / 1000} s more`);
    await after(drainDelay).passed;
  }
  const seconds = gracePeriod / 1000;
  const before = running();
  const have = before === 1 ? "answer has" : "answers have";
  if (before === 0) log.info("shutting down");
  else log.info(`shutting down: ${before} running ${have} ${seconds} s to finish`);
  const inTime = await drained(listeners.proxy, gracePeriod);
  const rest = running();
  if (!inTime && rest > 0) {
    const what = rest === 1 ? "answer that was" : "answers that were";
    log.warn(`cut ${rest} ${what} still running after ${seconds} s`);
  }
  if (!inTime) await listeners.proxy?.cut();
  if (!(await drained(listeners.own, LAST_PAGE_MS))) await listeners.own?.cut();
  return undefined;
}

function firstSignal(): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const press = createPresses();
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (press(signal) > 1) process.exit(128 + constants.signals[signal]);
      resolve();
    });
  }
  return promise;
}

/** Whether everything that runs on a listener has ended within so many milliseconds. */
async function drained(listener: Listener | undefined, within: number): Promise<boolean> {
  if (listener === undefined) return true;
  const deadline = after(within);
  const inTime = await Promise.race([
    listener.drain().then(() => true),
    deadline.passed.then(() => false),
  ]);
  deadline.cancel();
  return inTime;
}

function after(milliseconds: number): { readonly passed: Promise<void>; cancel(): void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, milliseconds);
  return { passed: promise, cancel: () => clearTimeout(timer) };
}
