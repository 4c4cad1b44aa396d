import type { Collected } from "../load/streams.ts";
import { startCpuClock } from "../process-figures.ts";
import type { Row, Work } from "./work.ts";

const STREAMS = 50;
const GAP = 10;
const SETTLE_MS = 700;
const MEASURE_MS = 3500;

interface StreamedChunks {
  readonly name: string;
  readonly path: string;
  readonly target: Row["target"];
}

/** CPU time that a proxy spends on each chunk of 50 streams with 100 chunks a second. */
function streamedChunks({ name, path, target }: StreamedChunks): Work {
  return {
    rows: [{ name, unit: "µs", ...(target && { target }) }],
    async run(proxy, { client }) {
      if (proxy.pids().length === 0) return undefined;
      const asked = `${path}?chunks=100000&gap=${GAP}`;
      // Spread over a gap, as clients are.
      const spacing = GAP / STREAMS;
      await client.call("openStreams", {
        port: proxy.port,
        path: asked,
        streams: STREAMS,
        spacing,
      });
      await Bun.sleep(SETTLE_MS);
      const clock = startCpuClock(proxy.pids());
      const { chunks } = await client.call<Collected>("collect", { ms: MEASURE_MS });
      const spent = clock();
      await client.call("closeStreams");
      return [spent / chunks];
    },
  };
}

export const chatChunks = streamedChunks({
  name: "CPU per chunk of a chat",
  path: "/api/chat",
  target: { timesNginx: 1.8 },
});

export const unmeasuredChunks = streamedChunks({
  name: "CPU per chunk of what is not measured",
  path: "/api/generate",
  target: { timesNginx: 1.8 },
});
