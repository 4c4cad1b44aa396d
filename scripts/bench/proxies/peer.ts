import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { family } from "../process-figures.ts";
import type { Proxy } from "./proxy.ts";

export interface Peer {
  /** The program's too. */
  readonly name: string;
  readonly versionFlag: string;
  arguments(config: string, folder: string): readonly string[];
  /** The text of a configuration that listens on this port and keeps its files in this folder. */
  config(port: number, folder: string): string;
}

/** Debian keeps servers where a user's PATH does not look. */
const PATH = `${process.env["PATH"] ?? ""}:/usr/local/sbin:/usr/sbin`;

/** Where it is on this machine; null if it is not. */
export function programOf(name: string): string | null {
  return Bun.which(name, { PATH });
}

/** Starts another proxy; undefined if it is not on this machine. */
export async function startPeer(peer: Peer): Promise<Proxy | undefined> {
  const program = programOf(peer.name);
  if (program === null) return undefined;
  const folder = await mkdtemp(join(tmpdir(), `bench-${peer.name}-`));
  // Started by root, the workers are somebody else.
  await chmod(folder, 0o777);
  const config = join(folder, "config");
  const port = await freePort();
  await writeFile(config, peer.config(port, folder));
  const child = Bun.spawn([program, ...peer.arguments(config, folder)], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const stop = async (): Promise<void> => {
    // Its workers end with it only if it can tell them.
    child.kill("SIGTERM");
    await child.exited;
    await rm(folder, { recursive: true, force: true });
  };
  const ended = child.exited.then((code) => {
    throw new Error(`${peer.name} ended with ${code}`);
  });
  try {
    await Promise.race([accepts(port), ended]);
  } catch (error) {
    await stop();
    throw error;
  }
  // From now on an end is no surprise.
  ended.catch(() => {});
  const said = Bun.spawnSync([program, peer.versionFlag]);
  const version = /\d+\.\d+\S*/.exec(String(said.stdout) + String(said.stderr))?.[0] ?? "";
  return { name: peer.name, version, port, pids: () => family(child.pid), stop };
}

function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

async function accepts(port: number): Promise<void> {
  for (;;) {
    const reached = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: "127.0.0.1", port });
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("close", () => socket.destroy());
      socket.once("connect", () => socket.destroy());
    });
    if (reached) return;
    await Bun.sleep(20);
  }
}
