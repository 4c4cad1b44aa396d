import { readdir, rm } from "node:fs/promises";
import { DIST } from "../build/root.ts";
import { CHECKSUMS } from "./names.ts";

/** Removes from `dist/` what an earlier run has packed, of whatever version. */
export async function removePacked(): Promise<void> {
  // What has no checksums is no release, should this not come to its end.
  await rm(`${DIST}${CHECKSUMS}`, { force: true });
  const entries = await readdir(DIST, { withFileTypes: true });
  const packed = entries.filter(
    (entry) => entry.isFile() && !/^ollama-exporter(\.exe)?$/.test(entry.name),
  );
  await Promise.all(packed.map(({ name }) => rm(`${DIST}${name}`)));
}
