import { ollamaChat } from "../../../src/dialects/ollama-chat.ts";
import type { Collected } from "../load/streams.ts";
import { startCpuClock } from "../process-figures.ts";
import { startExporter } from "../proxies/exporter.ts";
import type { Proxy } from "../proxies/proxy.ts";
import type { Worker } from "../worker.ts";
import type { Work } from "./work.ts";

const MODELS = Array.from({ length: 200 }, (_, index) => `model-${index}`);

async function cpuPerChunk(proxy: Proxy, client: Worker): Promise<number> {
  const path = "/api/chat?chunks=100000&gap=10";
  await client.call("openStreams", { port: proxy.port, path, streams: 50, spacing: 0.2 });
  await Bun.sleep(2000);
  const clock = startCpuClock(proxy.pids());
  const { chunks } = await client.call<Collected>("collect", { ms: 3000 });
  const spent = clock();
  await client.call("closeStreams");
  return spent / chunks;
}

/** The same chunks before and after many models have been seen. */
export const growthWithModels: Work = {
  rows: [
    { name: "CPU per chunk, one model seen", unit: "µs" },
    { name: "CPU per chunk, 200 models seen", unit: "µs" },
  ],
  async run({ name }, { client, upstreamPort }) {
    if (name !== "ollama-exporter") return undefined;
    const fresh = await startExporter(upstreamPort);
    try {
      const before = await cpuPerChunk(fresh, client);
      const path = "/api/chat?chunks=1&gap=1";
      const options = { port: fresh.port, path, streams: MODELS.length, spacing: 1 };
      await client.call("openStreams", { ...options, models: MODELS });
      // Each has its final object a millisecond after its first chunk.
      await Bun.sleep(200);
      await client.call("closeStreams");
      return [before, await cpuPerChunk(fresh, client)];
    } finally {
      await fresh.stop();
    }
  },
};

const IGNORE = { firstToken() {}, answer() {}, skipped() {} };

/** Nanoseconds that the scanner takes for each piece of one long line. */
function perPiece(pieces: number): number {
  const piece = "a".repeat(200);
  let best = Infinity;
  for (let run = 0; run < 9; run++) {
    const scanner = ollamaChat.read({ contentType: "application/x-ndjson" }, IGNORE);
    const begun = Bun.nanoseconds();
    for (let index = 0; index < pieces; index++) scanner.push(piece);
    scanner.end();
    best = Math.min(best, Bun.nanoseconds() - begun);
  }
  return best / pieces;
}

/** Linear time is the same time for each piece. */
export const growthWithPieces: Work = {
  rows: [
    { name: "scanner, per piece of a line in 1,000", unit: "ns" },
    { name: "scanner, per piece of a line in 10,000", unit: "ns" },
  ],
  run: ({ name }) =>
    Promise.resolve(name === "ollama-exporter" ? [perPiece(1000), perPiece(10_000)] : undefined),
};
