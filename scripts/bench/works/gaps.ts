import type { Collected } from "../load/streams.ts";
import type { TransferOptions } from "../load/transfer.ts";
import type { Worker } from "../worker.ts";
import type { Crew, Work } from "./work.ts";

interface Disturbance {
  readonly name: string;
  /** Only an exporter has that to do. */
  readonly ours?: boolean;
  /** Before the streams. */
  prepare?(disturber: Worker, port: number): Promise<unknown>;
  disturb(disturber: Worker, port: number): Promise<unknown>;
}

const STREAMS = 4;
const GAP = 2;

const request = (options: Omit<TransferOptions, "port">): Disturbance["disturb"] => {
  return (disturber, port) => disturber.call("transfer", { ...options, port });
};
const chat = { bytes: 0, before: '{"model":"bench","messages":[]}' };

const DISTURBANCES: readonly Disturbance[] = [
  { name: "nothing", disturb: () => Bun.sleep(300) },
  {
    name: "a chat of 20 MB, its model last",
    disturb: request({
      path: "/api/chat",
      upload: {
        before: '{"messages":[{"role":"user","content":"what is this?","images":["',
        bytes: 20_000_000,
        after: '"]}],"model":"bench"}',
      },
    }),
  },
  {
    name: "a final line of 2 MB",
    disturb: request({ path: "/api/chat?line=2000000&pieces=100", upload: chat }),
  },
  {
    name: "a line over the cap",
    disturb: request({ path: "/api/chat?line=12000000&pieces=600", upload: chat }),
  },
  {
    name: "a scrape with 100 models",
    ours: true,
    async prepare(disturber, port) {
      const path = "/api/chat?chunks=1&gap=1";
      const models = Array.from({ length: 100 }, (_, index) => `model-${index}`);
      await disturber.call("openStreams", { port, path, models, streams: 100, spacing: 1 });
      // Each has its final object a millisecond after its first chunk.
      await Bun.sleep(200);
      await disturber.call("closeStreams");
    },
    disturb: request({ path: "/metrics" }),
  },
  {
    name: "200 new requests at once",
    async disturb(disturber, port) {
      const path = "/api/chat?chunks=1000&gap=1000";
      await disturber.call("openStreams", { port, path, streams: 200, spacing: 0 });
      await disturber.call("closeStreams");
    },
  },
];

/** The latest that a chunk of another stream came while the proxy had something big to do. */
function gap({ name, ours = false, prepare, disturb }: Disturbance): Work {
  const row = `latest chunk beside ${name}, worst round`;
  return {
    rows: [{ name: row, unit: "ms", worst: true, target: { most: 10 } }],
    async run(proxy, { client, disturber }: Crew) {
      if (ours && proxy.name !== "ollama-exporter") return undefined;
      const { port } = proxy;
      await prepare?.(disturber, port);
      const path = `/api/chat?chunks=100000&gap=${GAP}`;
      await client.call("openStreams", { port, path, streams: STREAMS, spacing: GAP / STREAMS });
      await client.call("startCollecting");
      await disturb(disturber, port);
      // What was held up comes now.
      await Bun.sleep(200);
      const { latencies } = await client.call<Collected>("stopCollecting");
      await client.call("closeStreams");
      return [Math.max(...latencies)];
    },
  };
}

export const gaps = DISTURBANCES.map(gap);
