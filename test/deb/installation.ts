import { existsSync } from "node:fs";
import type { Machine } from "./machine.ts";

const PROGRAM = "/usr/bin/ollama-exporter";
const SETTINGS = "/etc/default/ollama-exporter";
export const UNIT_FILE = "/usr/lib/systemd/system/ollama-exporter.service";

/** Why the package must not be installed here and purged: somebody uses it. */
export function skipIfInstalled(): string | undefined {
  const own = [PROGRAM, SETTINGS].find((path) => existsSync(path));
  return own && `skipped: there is a ${own} already`;
}

/** Installs a package, or upgrades to it. */
export async function install(machine: Machine, deb: string): Promise<void> {
  // The machine may not see our files.
  const copy = (await machine.run(["mktemp", "--suffix=.deb"])).trim();
  try {
    await write(machine, copy, await Bun.file(deb).bytes());
    await machine.run(["dpkg", "--install", copy]);
  } finally {
    await machine.run(["rm", copy]);
  }
}

export async function purge(machine: Machine): Promise<void> {
  await machine.run(["dpkg", "--purge", "ollama-exporter"]);
}

/** Takes lines of the settings in, as a person would with an editor. */
export async function changeSettings(
  machine: Machine,
  values: Readonly<Record<string, string>>,
): Promise<void> {
  let text = await settings(machine);
  for (const [name, value] of Object.entries(values)) {
    const line = new RegExp(`^#${name}=.*$`, "m");
    if (!line.test(text)) throw new Error(`${SETTINGS} has no line for ${name}`);
    text = text.replace(line, `${name}=${value}`);
  }
  await write(machine, SETTINGS, text);
}

async function write(machine: Machine, path: string, content: string | Uint8Array): Promise<void> {
  await machine.run(["dd", "status=none", `of=${path}`], content);
}

export function settings(machine: Machine): Promise<string> {
  return machine.run(["cat", SETTINGS]);
}

/** Every path that has the package's name in it. */
export async function traces(machine: Machine): Promise<string[]> {
  const found = await machine.run([
    "find",
    "/etc",
    "/usr",
    "/var",
    "-xdev",
    "-name",
    "*ollama-exporter*",
  ]);
  return found.split("\n").filter(Boolean).toSorted();
}

/** As dpkg knows it. */
export function installedVersion(machine: Machine): Promise<string> {
  return machine.run(["dpkg-query", "--show", "--showformat=${Version}", "ollama-exporter"]);
}

/** What systemd finds wrong with the installed unit. */
export function verify(machine: Machine): Promise<string> {
  // Images for containers leave out manual pages.
  const options = "--man=no --recursive-errors=no";
  return machine.run(["sh", "-c", `systemd-analyze verify ${options} ${UNIT_FILE} 2>&1`]);
}
