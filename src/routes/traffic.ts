/** How many requests are being forwarded, and when there are none. */
export interface Traffic {
  begin(): void;
  end(): void;
  /** Forwarded requests whose answers have not ended. */
  running(): number;
  /** Resolves once nothing runs, or when nobody waits any more. */
  whenIdle(signal: AbortSignal): Promise<void>;
}

export function createTraffic(): Traffic {
  let running = 0;
  const waiting = new Set<() => void>();
  return {
    begin: () => void running++,
    end() {
      if (--running > 0) return;
      for (const wake of waiting) wake();
      waiting.clear();
    },
    running: () => running,
    whenIdle(signal) {
      if (running === 0 || signal.aborted) return Promise.resolve();
      const { promise, resolve } = Promise.withResolvers<void>();
      waiting.add(resolve);
      const leave = (): void => {
        waiting.delete(resolve);
        resolve();
      };
      signal.addEventListener("abort", leave, { once: true });
      return promise.finally(() => signal.removeEventListener("abort", leave));
    },
  };
}
