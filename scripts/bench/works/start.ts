import { startExporter } from "../proxies/exporter.ts";
import { median } from "../../statistics.ts";
import type { Work } from "./work.ts";

const STARTS = 11;

/** From the start of the process to the line that says where it listens. */
export const start: Work = {
  rows: [{ name: "start to listening", unit: "ms", target: { most: 60 } }],
  async run(proxy, { upstreamPort }) {
    if (proxy.name !== "ollama-exporter") return undefined;
    const times: number[] = [];
    for (let started = 0; started < STARTS; started++) {
      const fresh = await startExporter(upstreamPort);
      times.push(fresh.readyAfter);
      await fresh.stop();
    }
    return [median(times)];
  },
};
