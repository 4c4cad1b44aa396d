import { spawn } from "node:child_process";
import { constants } from "node:os";
import process from "node:process";

/** A console tells them to parent and child alike, and Windows has no other way to send them. */
const HEARD_BY_BOTH = ["SIGINT", "SIGBREAK", "SIGHUP"] as const;

/**
 * Runs a program as a child that shares the console, and ends with its exit code. The child has a
 * channel to this process, by which `endWithParent` knows the end of it. Resolves only if the child
 * cannot be started.
 */
export function startChild(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<void> {
  const child = spawn(program, args, { env, stdio: ["inherit", "inherit", "inherit", "ipc"] });
  const failed = Promise.withResolvers<void>();
  child.on("error", () => {
    if (child.pid === undefined) failed.resolve();
  });
  child.once("spawn", () => {
    for (const signal of HEARD_BY_BOTH) process.on(signal, () => {});
    process.on("SIGTERM", () => child.kill("SIGTERM"));
  });
  child.once("exit", (code, signal) => {
    process.exit(code ?? 128 + (signal === null ? 0 : constants.signals[signal]));
  });
  return failed.promise;
}

/** Ends this process at once when a parent that has a channel to it is gone, however it ended. */
export function endWithParent(): void {
  if (process.connected) process.once("disconnect", () => process.exit(1));
}
