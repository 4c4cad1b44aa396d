import { $ } from "bun";
import { ROOT } from "./root.ts";
import type { Target } from "./targets.ts";

const FOLDER = `${ROOT}scripts/build/runtimes/`;

/** Downloads the Bun of every target; the lockfile beside package.json holds their hashes. */
export async function installRuntimes(): Promise<void> {
  await $`${process.execPath} install --frozen-lockfile ${["--os=*", "--cpu=*"]}`
    .cwd(FOLDER)
    .quiet();
}

export function runtimePath({ os, runtime }: Target): string {
  return `${FOLDER}node_modules/${runtime}/bin/${os === "windows" ? "bun.exe" : "bun"}`;
}
