import type { LoopResult } from "../load/closed-loop.ts";
import { startCpuClock } from "../process-figures.ts";
import { percentile } from "../../statistics.ts";
import type { Work } from "./work.ts";

const CONNECTIONS = 16;

/** Chats that are not streamed, asked by 16 clients as fast as they are answered. */
export const smallChats: Work = {
  rows: [
    { name: "CPU per small chat", unit: "µs", target: { timesNginx: 2 } },
    { name: "small chats at full load", unit: "1/s" },
    { name: "small chat at full load, p50", unit: "ms" },
  ],
  async run(proxy, { client }) {
    const clock = startCpuClock(proxy.pids());
    const { requests, latencies } = await client.call<LoopResult>("closedLoop", {
      port: proxy.port,
      path: "/api/chat",
      connections: CONNECTIONS,
      ms: 2500,
    });
    const spent = clock();
    return [spent / requests || Number.NaN, requests / 2.5, percentile(latencies, 0.5)];
  },
};
