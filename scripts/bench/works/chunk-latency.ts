import type { Collected } from "../load/streams.ts";
import { percentile } from "../../statistics.ts";
import type { Work } from "./work.ts";

const STREAMS = 10;
const GAP = 20;

/** From the upstream's sending to the client's reading, 10 streams with 50 chunks a second. */
export const chunkLatency: Work = {
  rows: [
    { name: "added to each chunk, p50", unit: "ms", added: true, target: { timesNginx: 2 } },
    { name: "added to each chunk, p99", unit: "ms", added: true },
  ],
  async run({ port }, { client }) {
    const path = `/api/chat?chunks=100000&gap=${GAP}`;
    await client.call("openStreams", { port, path, streams: STREAMS, spacing: GAP / STREAMS });
    const { latencies } = await client.call<Collected>("collect", { ms: 3000 });
    await client.call("closeStreams");
    return [percentile(latencies, 0.5), percentile(latencies, 0.99)];
  },
};
