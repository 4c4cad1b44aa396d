import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { now } from "../clock.ts";
import type { Proxy } from "./proxy.ts";

const BINARY = fileURLToPath(new URL("../../../dist/ollama-exporter", import.meta.url));

export interface Exporter extends Proxy {
  /** Milliseconds from its start to the line that says where it listens. */
  readonly readyAfter: number;
}

/** The compiled binary of this tree with its metrics on, and further flags. */
export async function startExporter(
  upstreamPort: number,
  flags: readonly string[] = [],
): Promise<Exporter> {
  if (!existsSync(BINARY))
    throw new Error("dist/ollama-exporter is missing: bun run build makes it");
  const begun = now();
  const upstream = `http://127.0.0.1:${upstreamPort}`;
  const args = ["--upstream", upstream, "--listen", "127.0.0.1:0", ...flags];
  const child = Bun.spawn([BINARY, ...args], {
    env: {},
    stdio: ["ignore", "ignore", "pipe"],
  });
  const stop = async (): Promise<void> => {
    child.kill("SIGKILL");
    await child.exited;
  };
  const listening = Promise.withResolvers<number>();
  void (async () => {
    let said = "";
    for await (const text of child.stderr.pipeThrough(new TextDecoderStream())) {
      said += text;
      const port = / listens on [\d.]+:(\d+)/.exec(said)?.[1];
      if (port) listening.resolve(Number(port));
    }
    listening.reject(new Error(`${BINARY} ended: ${said}`));
  })();
  const port = await listening.promise;
  const readyAfter = now() - begun;
  const { stdout } = Bun.spawnSync([BINARY, "--version"]);
  const [, version = ""] = String(stdout).trim().split(/ (.*)/);
  return {
    name: "ollama-exporter",
    version,
    port,
    readyAfter,
    pids: () => [child.pid],
    stop,
  };
}
