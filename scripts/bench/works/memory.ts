import { forgetPeak, peakMemory, residentMemory } from "../process-figures.ts";
import { startExporter } from "../proxies/exporter.ts";
import type { Work } from "./work.ts";

const GIGABYTES = 3;
const PAUSE_MS = 8;

/** Resident memory of an exporter of its own: idle, with streams, and while gigabytes pass. */
export const memory: Work = {
  rows: [
    { name: "memory, idle", unit: "MB", target: { most: 60 } },
    { name: "memory, 2,000 streams", unit: "MB", target: { most: 150 } },
    {
      name: `memory at most, ${GIGABYTES} GB down to a slow client`,
      unit: "MB",
      target: { most: 80 },
    },
    {
      name: `memory at most, ${GIGABYTES} GB up to a slow upstream`,
      unit: "MB",
      target: { most: 80 },
    },
  ],
  async run(proxy, { client, upstreamPort }) {
    if (proxy.name !== "ollama-exporter") return undefined;
    const bytes = GIGABYTES * 1e9;
    const passes = async (path: string, least: number, options: object): Promise<number> => {
      const fresh = await startExporter(upstreamPort);
      try {
        forgetPeak(fresh.pids());
        const received = await client.call<number>("transfer", {
          port: fresh.port,
          path,
          ...options,
        });
        if (received < least) throw new Error(`${path}: ${received} bytes came of ${least}`);
        return peakMemory(fresh.pids());
      } finally {
        await fresh.stop();
      }
    };
    const fresh = await startExporter(upstreamPort);
    const figures: number[] = [];
    try {
      await Bun.sleep(500);
      figures.push(residentMemory(fresh.pids()));
      const path = "/api/chat?chunks=1000&gap=1000";
      await client.call("openStreams", { port: fresh.port, path, streams: 2000, spacing: 1 });
      figures.push(residentMemory(fresh.pids()));
      await client.call("closeStreams");
    } finally {
      await fresh.stop();
    }
    figures.push(await passes(`/api/blobs/x?bytes=${bytes}`, bytes, { pause: PAUSE_MS }));
    figures.push(await passes(`/api/blobs/x?pause=${PAUSE_MS}`, 1, { upload: { bytes } }));
    return figures;
  },
};
