import { ollamaChat } from "../../../src/dialects/ollama-chat.ts";
import { startExporter } from "../proxies/exporter.ts";
import { cpuPerChunk } from "./cpu-per-chunk.ts";
import type { Work } from "./work.ts";

const CHAT = "/api/chat";
const MODELS = Array.from({ length: 200 }, (_, index) => `model-${index}`);

/** The same chunks before and after many models have been seen. */
export const growthWithModels: Work = {
  rows: [
    { name: "CPU per chunk, one model seen", unit: "µs" },
    { name: "CPU per chunk, 200 models seen", unit: "µs" },
  ],
  async run({ name }, { client, upstreamPort }) {
    if (name !== "ollama-exporter") return undefined;
    const fresh = await startExporter(upstreamPort, ["--max-models", String(MODELS.length)]);
    try {
      const before = await cpuPerChunk(fresh, client, CHAT);
      const path = "/api/chat?chunks=1&gap=1";
      const options = { port: fresh.port, path, streams: MODELS.length, spacing: 1 };
      await client.call("openStreams", { ...options, models: MODELS });
      // Each has its final object a millisecond after its first chunk.
      await Bun.sleep(200);
      await client.call("closeStreams");
      return [before, await cpuPerChunk(fresh, client, CHAT)];
    } finally {
      await fresh.stop();
    }
  },
};

const IGNORE = { firstToken() {}, answer() {}, failed() {}, skipped() {} };

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
