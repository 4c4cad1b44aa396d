import { mkdirSync, rmSync } from "node:fs";

/** As shells tell of a process that a signal ended. */
const INTERRUPTED = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

export interface WorkFolder extends Disposable {
  readonly path: string;
}

/** An empty folder that is gone when it is disposed, and when a signal or an error ends the process. */
export function createWorkFolder(path: string): WorkFolder {
  const remove = (): void => rmSync(path, { recursive: true, force: true });
  // A process that was killed has left it.
  remove();
  mkdirSync(path, { recursive: true });
  process.once("exit", remove);
  const signals = Object.entries(INTERRUPTED).map(([signal, code]) => {
    const end = (): never => process.exit(code);
    process.once(signal, end);
    return () => process.off(signal, end);
  });
  return {
    path,
    [Symbol.dispose]() {
      for (const unwatch of signals) unwatch();
      process.off("exit", remove);
      remove();
    },
  };
}
