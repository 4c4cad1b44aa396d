import { existsSync } from "node:fs";
import { mkdtemp, rmdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AS_ROOT, type Machine, machineOf } from "./machine.ts";

/** Only the copy has it: the folder that it was made in. */
const MARK = "/etc/copy-of-a-machine";
const SCRIPT = join(import.meta.dirname, "booted-systemd.sh");
const NAMESPACES = ["unshare", "--mount", "--pid", "--fork", "--uts", "--ipc", "--cgroup"];

/** Ends well where the root is that of its mount namespace; systemd cannot do with another. */
const IN_NO_CHROOT = [
  "mount -t tmpfs tmpfs /mnt",
  "touch /mnt/seen",
  "nsenter --mount=/proc/$$/ns/mnt test -e /mnt/seen",
];

/** Why no systemd can be booted here, as in a container; undefined if it can. */
export function skipWithoutNamespaces(): string | undefined {
  const mounting = ["mount -t tmpfs tmpfs /mnt", "mount -t cgroup2 cgroup2 /mnt"];
  if (!runs(NAMESPACES, mounting)) {
    return "skipped: root has no namespaces and mounts of its own here";
  }
  return runs(["unshare", "--mount"], IN_NO_CHROOT) ? undefined : "skipped: this is a chroot";
}

function runs(prefix: readonly string[], commands: readonly string[]): boolean {
  const command = [...AS_ROOT, ...prefix, "sh", "-c", commands.join(" && ")];
  return Bun.spawnSync(command, { stderr: "ignore" }).success;
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
  // In a chroot the namespace has a root that is none of the copy's: `--all` alone would lead there.
  const enter = ["nsenter", "--target", init, "--all", "--root", "--wd", "--"];
  const machine = machineOf([...AS_ROOT, ...enter]);
  try {
    await assertCopy(machine, work);
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...machine, [Symbol.asyncDispose]: stop };
}

/** That commands run on the copy, which has its mark, and never on this machine. */
async function assertCopy(machine: Machine, work: string): Promise<void> {
  const marked = await machine.run(["cat", MARK]);
  if (marked.trim() !== work || existsSync(MARK)) {
    throw new Error(`commands for the copy of this machine do not run there: ${MARK} is ${marked}`);
  }
}

async function firstLine(output: ReadableStream<Uint8Array>): Promise<string> {
  let said = "";
  for await (const chunk of output) {
    said += Buffer.from(chunk).toString();
    if (said.includes("\n")) break;
  }
  return said.trim();
}
