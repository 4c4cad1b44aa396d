import { setTimeout } from "node:timers/promises";
import type { Subprocess } from "bun";
import { failure } from "../../src/errors.ts";

const running = new Set<Subprocess>();

// Also when we end by an error or by process.exit: nothing that was started here may stay.
process.on("exit", () => {
  for (const child of running) child.kill("SIGKILL");
});

/** A process that ends with this one, unless that is killed outright. */
export interface Child {
  /** Rejects if it ends before `stop` is called. */
  readonly died: Promise<never>;
  /** Sends a signal and gives how the process ended. */
  stop(signal: NodeJS.Signals): Promise<string>;
}

/** Milliseconds: Ctrl-C reaches every process at once, and its own message is the better one. */
const BEFORE_IT_IS_TOLD = 300;

/** @param lastWords what is to be told about it when it ends by itself */
export function watchOver(child: Subprocess, name: string, lastWords = () => ""): Child {
  let stopping = false;
  running.add(child);
  const ended = async (): Promise<string> => {
    await child.exited;
    running.delete(child);
    return child.signalCode === null ? `exit code ${child.exitCode}` : `signal ${child.signalCode}`;
  };
  const { promise: died, reject } = Promise.withResolvers<never>();
  died.catch(() => {});
  void (async () => {
    const ending = await ended();
    if (stopping) return;
    await setTimeout(BEFORE_IT_IS_TOLD);
    reject(failure(`${name} ended by itself with ${ending}${lastWords()}`));
  })();
  return {
    died,
    stop(signal) {
      stopping = true;
      child.kill(signal);
      return ended();
    },
  };
}
