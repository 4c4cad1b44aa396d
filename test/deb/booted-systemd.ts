import { mkdtemp, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AS_ROOT, type Machine, machineOf } from "./machine.ts";

const SCRIPT = join(import.meta.dirname, "booted-systemd.sh");
const NAMESPACES = ["unshare", "--mount", "--pid", "--fork", "--uts", "--ipc", "--cgroup"];

/** Why no systemd can be booted here, as in a container; undefined if it can. */
export function skipWithoutNamespaces(): string | undefined {
  const mounting = ["sh", "-c", "mount -t tmpfs tmpfs /mnt && mount -t cgroup2 cgroup2 /mnt"];
  const tried = Bun.spawnSync([...AS_ROOT, ...NAMESPACES, ...mounting], { stderr: "ignore" });
  return tried.success ? undefined : "skipped: root has no namespaces and mounts of its own here";
}

/**
 * A copy of this machine in memory with a systemd that runs; it shares the network, so that what
 * listens there can be asked here. It is gone afterwards, with all that ran on it.
 */
export async function bootSystemd(): Promise<Machine & AsyncDisposable> {
  const work = await mkdtemp(join(tmpdir(), "ollama-exporter-systemd-"));
  const script = Bun.spawn([...AS_ROOT, "unshare", "--mount", "bash", SCRIPT, work], {
    stdin: "pipe",
    stdout: "pipe",
    stderr: "pipe",
  });
  const stop = async (): Promise<void> => {
    await script.stdin.end();
    await script.exited;
    await rmdir(work);
  };
  const init = await firstLine(script.stdout);
  if (init === "") {
    await stop();
    throw new Error(`systemd does not boot: ${await new Response(script.stderr).text()}`);
  }
  const machine = machineOf([...AS_ROOT, "nsenter", "--target", init, "--all", "--"]);
  return { ...machine, [Symbol.asyncDispose]: stop };
}

async function firstLine(output: ReadableStream<Uint8Array>): Promise<string> {
  let said = "";
  for await (const chunk of output) {
    said += Buffer.from(chunk).toString();
    if (said.includes("\n")) break;
  }
  return said.trim();
}
