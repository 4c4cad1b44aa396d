/** Two servers on one port, one on each loopback address, each started and stopped by itself. */
export interface TwinServers extends AsyncDisposable {
  readonly port: number;
  start(family: Family): void;
  stop(family: Family): Promise<void>;
}

type Family = keyof typeof ADDRESSES;

const ADDRESSES = { ipv4: "127.0.0.1", ipv6: "::1" } as const;

/** Each answers with its family and the target that it saw. */
export function twinServers(): TwinServers {
  const running = new Map<Family, Bun.Server<undefined>>();
  const serve = (family: Family, port: number): Bun.Server<undefined> =>
    Bun.serve({
      hostname: ADDRESSES[family],
      port,
      fetch: ({ url }) => new Response(`${family} ${url.slice(url.indexOf("/", 7))}`),
    });
  const stop = async (family: Family): Promise<void> => {
    await running.get(family)?.stop(true);
    running.delete(family);
  };
  const port = freePort(serve);
  return {
    port,
    start: (family) => void running.set(family, serve(family, port)),
    stop,
    async [Symbol.asyncDispose]() {
      for (const family of running.keys()) await stop(family);
    },
  };
}

/** A port that is free on both addresses. */
function freePort(serve: (family: Family, port: number) => Bun.Server<undefined>): number {
  for (;;) {
    using first = serve("ipv4", 0);
    try {
      using second = serve("ipv6", first.port ?? 0);
      if (second.port !== undefined) return second.port;
    } catch {
      // Another program has it on that family.
    }
  }
}
