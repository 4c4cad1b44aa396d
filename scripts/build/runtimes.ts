import { $ } from "bun";
import { ROOT } from "./root.ts";
import type { Target } from "./targets.ts";

const FOLDER = `${ROOT}scripts/build/runtimes/`;

/** Downloads the Bun of every target; the lockfile beside package.json holds their hashes. */
export async function installRuntimes(): Promise<void> {
  const { exitCode, stderr } =
    await $`${process.execPath} install --frozen-lockfile ${["--os=*", "--cpu=*"]}`
      .cwd(FOLDER)
      .nothrow()
      .quiet();
  if (exitCode === 0) return;
  // Bun tells each of ten downloads by itself.
  const said = stderr.toString().trim();
  const [reason = said] = /(?<=^error: ).+/m.exec(said) ?? [];
  throw new Error(`bun install: ${reason}`);
}

export function runtimePath({ os, runtime }: Target): string {
  return `${FOLDER}node_modules/${runtime}/bin/${os === "windows" ? "bun.exe" : "bun"}`;
}
