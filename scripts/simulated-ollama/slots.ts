/** Places to run in, a fixed number per model. */
export interface Slots {
  /** Waits for a place, first come first served; what it returns gives the place back. */
  take(digest: string, signal: AbortSignal): Promise<() => void>;
}

export function createSlots(parallel: number): Slots {
  const busy = new Map<string, number>();
  const queues = new Map<string, (() => void)[]>();

  function giveBack(digest: string): void {
    const next = queues.get(digest)?.shift();
    if (next === undefined) busy.set(digest, (busy.get(digest) ?? 1) - 1);
    else next();
  }

  return {
    async take(digest, signal) {
      signal.throwIfAborted();
      const running = busy.get(digest) ?? 0;
      if (running < parallel) busy.set(digest, running + 1);
      else await inQueue(queues, digest, signal);
      return () => giveBack(digest);
    },
  };
}

async function inQueue(
  queues: Map<string, (() => void)[]>,
  digest: string,
  signal: AbortSignal,
): Promise<void> {
  const queue = queues.get(digest) ?? [];
  queues.set(digest, queue);
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const leave = (): void => {
    queue.splice(queue.indexOf(resolve), 1);
    reject(signal.reason);
  };
  queue.push(resolve);
  signal.addEventListener("abort", leave);
  await promise.finally(() => signal.removeEventListener("abort", leave));
}
