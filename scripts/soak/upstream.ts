import { fileURLToPath } from "node:url";
import { type Child, watchOver } from "./child.ts";

/** `count` only asks for a report. */
export type Order = "refuse" | "accept" | "count";

/** The answer to each order, and the first word. */
export interface Report {
  readonly port: number;
  /** Connections that are open. */
  readonly open: number;
}

/** The upstream as seen from here. */
export interface SoakUpstream extends Child {
  readonly url: string;
  /** New connections are refused until `accept`. */
  refuse(): Promise<void>;
  accept(): Promise<void>;
  /** Connections that are open. */
  open(): Promise<number>;
}

const PROCESS = fileURLToPath(import.meta.resolve("./upstream-process.ts"));

export async function startUpstream(): Promise<SoakUpstream> {
  const waiting: ((report: Report) => void)[] = [];
  const next = (): Promise<Report> => new Promise((resolve) => void waiting.push(resolve));
  const first = next();
  const child = Bun.spawn([process.execPath, "--no-env-file", PROCESS], {
    stdio: ["ignore", "inherit", "inherit"],
    ipc: (report: Report) => waiting.shift()?.(report),
  });
  const { died, stop } = watchOver(child, "the upstream");
  const tell = (order: Order): Promise<Report> => {
    const answer = next();
    try {
      child.send(order);
    } catch {
      // It is gone and never answers; `died` tells of it.
    }
    return answer;
  };
  const { port } = await Promise.race([first, died]);
  return {
    url: `http://127.0.0.1:${port}`,
    refuse: async () => void (await tell("refuse")),
    accept: async () => void (await tell("accept")),
    open: async () => (await tell("count")).open,
    died,
    stop,
  };
}
