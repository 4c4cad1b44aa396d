import { startExporter } from "./exporter.ts";
import { startHaproxy } from "./haproxy.ts";
import { startNginx } from "./nginx.ts";
import type { Proxy } from "./proxy.ts";

export type { Proxy };

/** The straight way first, then ours, then the peers that are found on the PATH. */
export async function startProxies(upstreamPort: number): Promise<Proxy[]> {
  const straight: Proxy = {
    name: "straight",
    version: "",
    port: upstreamPort,
    pids: () => [],
    stop: () => Promise.resolve(),
  };
  const proxies = [straight];
  try {
    for (const start of [startExporter, startNginx, startHaproxy]) {
      const proxy = await start(upstreamPort);
      if (proxy) proxies.push(proxy);
    }
    return proxies;
  } catch (error) {
    await Promise.all(proxies.map((proxy) => proxy.stop()));
    throw error;
  }
}
