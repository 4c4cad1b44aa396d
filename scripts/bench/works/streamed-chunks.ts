import { cpuPerChunk } from "./cpu-per-chunk.ts";
import type { Work } from "./work.ts";

function streamedChunks(name: string, route: string): Work {
  return {
    rows: [{ name, unit: "µs", target: { timesNginx: 1.8 } }],
    run: async (proxy, { client }) =>
      proxy.pids().length === 0 ? undefined : [await cpuPerChunk(proxy, client, route)],
  };
}

export const chatChunks = streamedChunks("CPU per chunk of a chat", "/api/chat");

export const unmeasuredChunks = streamedChunks(
  "CPU per chunk of what is not measured",
  "/api/generate",
);
