/** A child process that answers calls, so that upstream, clients and proxies do not share a thread. */
export interface Worker {
  /** Calls one of the worker's methods; rejects with what it threw. */
  call<Result>(method: string, options?: object): Promise<Result>;
  stop(): Promise<void>;
}

export type Methods = Readonly<Record<string, (options: never) => unknown>>;

interface Call {
  readonly id: number;
  readonly method: string;
  readonly options: object;
}

interface Reply {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

/** Starts a worker script of this folder, which hands its methods to `answerCalls`. */
export function startWorker(script: string): Worker {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let calls = 0;
  let over: Error | undefined;
  const child = Bun.spawn([process.execPath, new URL(script, import.meta.url).pathname], {
    stdio: ["ignore", "inherit", "inherit"],
    ipc({ id, result, error }: Reply) {
      const call = waiting.get(id);
      waiting.delete(id);
      if (error === undefined) call?.resolve(result);
      else call?.reject(new Error(error));
    },
    onExit(_, code) {
      over = new Error(`${script} ended with ${String(code)}`);
      for (const call of waiting.values()) call.reject(over);
    },
  });
  return {
    call<Result>(method: string, options: object = {}) {
      if (over) return Promise.reject(over);
      const call = Promise.withResolvers<unknown>();
      waiting.set(++calls, call);
      child.send({ id: calls, method, options } satisfies Call);
      return call.promise as Promise<Result>;
    },
    async stop() {
      child.kill("SIGKILL");
      await child.exited;
    },
  };
}

/** The worker's side. It ends with its parent, however that ends. */
export function answerCalls(methods: Methods): void {
  process.on("disconnect", () => process.exit());
  process.on("message", async ({ id, method, options }: Call) => {
    try {
      const result = await methods[method]?.(options as never);
      process.send?.({ id, result } satisfies Reply);
    } catch (error) {
      process.send?.({ id, error: String(error) } satisfies Reply);
    }
  });
}
