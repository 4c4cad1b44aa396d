import type { Collected } from "../load/streams.ts";
import { startCpuClock } from "../process-figures.ts";
import type { Proxy } from "../proxies/proxy.ts";
import type { Worker } from "../worker.ts";

const STREAMS = 50;
const GAP = 10;
const SETTLE_MS = 700;
const MEASURE_MS = 3500;

/** Microseconds of CPU that a proxy spends on each chunk of 50 streams with 100 chunks a second. */
export async function cpuPerChunk(proxy: Proxy, client: Worker, route: string): Promise<number> {
  const path = `${route}?chunks=100000&gap=${GAP}`;
  // Spread over a gap, as clients are.
  const spacing = GAP / STREAMS;
  await client.call("openStreams", { port: proxy.port, path, streams: STREAMS, spacing });
  await Bun.sleep(SETTLE_MS);
  const clock = startCpuClock(proxy.pids());
  const { chunks } = await client.call<Collected>("collect", { ms: MEASURE_MS });
  const spent = clock();
  await client.call("closeStreams");
  return spent / chunks;
}
