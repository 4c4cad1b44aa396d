import type { FirstChunks } from "../load/streams.ts";
import { percentile } from "../../statistics.ts";
import type { Work } from "./work.ts";

interface FirstChunk {
  readonly streams: number;
  /** Milliseconds from one opening to the next. */
  readonly spacing: number;
  readonly name: string;
}

/** Time to the first chunk of streams that all stay open. */
function firstChunk({ streams, spacing, name }: FirstChunk): Work {
  return {
    rows: [
      { name: `first chunk, ${name}, p50`, unit: "ms" },
      { name: `first chunk, ${name}, p99`, unit: "ms", target: { timesNginx: 1.5 } },
    ],
    async run({ port }, { client }) {
      const path = "/api/chat?chunks=1000&gap=1000";
      const options = { port, path, streams, spacing };
      const latencies = await client.call<FirstChunks>("openStreams", options);
      await client.call("closeStreams");
      // What closing costs must not meet whoever comes next.
      await Bun.sleep(500);
      return [percentile(latencies, 0.5), percentile(latencies, 0.99)];
    },
  };
}

export const firstChunks = [
  firstChunk({ streams: 1000, spacing: 1, name: "1,000 streams opened in 1 s" }),
  firstChunk({ streams: 2000, spacing: 1, name: "2,000 streams opened in 2 s" }),
  firstChunk({ streams: 1000, spacing: 0, name: "1,000 streams at once" }),
];
