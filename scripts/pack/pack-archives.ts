import { readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Commit } from "../build/commit.ts";
import { programName, programPath } from "../build/programs.ts";
import { ROOT } from "../build/root.ts";
import { runtimePath } from "../build/runtimes.ts";
import { type Target, TARGETS } from "../build/targets.ts";
import { type ArchiveFile, tarGz, zip } from "./archive.ts";
import { KIT_FILES } from "./kit-files.ts";
import { megabytes } from "./megabytes.ts";
import { archiveName } from "./names.ts";
import { thirdPartyLicenses } from "./third-party.ts";

/** One after the other: an archive and its program are in memory whole. */
export async function packArchives(commit: Commit, out: string): Promise<void> {
  for (const target of TARGETS) await packArchive(target, commit, out);
}

async function packArchive(target: Target, { time }: Commit, out: string): Promise<void> {
  const path = programPath(target);
  const program = { name: programName(target), data: await readFile(path), executable: true };
  const files = [program, ...(await companions(target))];
  const archive = archiveName(target);
  const bytes = await (target.os === "windows" ? zip : tarGz)(files, time);
  await writeFile(join(out, archive), bytes);
  const { size: runtime } = await stat(runtimePath(target));
  console.log(
    `packed dist/${archive}: ${megabytes(bytes.length)}; the program ${megabytes(program.data.length)}, ` +
      `of which Bun ${megabytes(runtime)}`,
  );
}

/** What an archive holds beside the program. */
async function companions({ os }: Target): Promise<ArchiveFile[]> {
  const settings = ["scripts/pack/service/ollama-exporter.env"];
  const paths = ["LICENSE", "README.md", ...(os === "windows" ? [] : settings)];
  const texts = [...kitFor(os), ["THIRD_PARTY_LICENSES.txt", await thirdPartyLicenses()] as const];
  return [
    ...(await Promise.all(paths.map(fileAt))),
    ...texts.map(([name, text]) => ({ name, data: Buffer.from(text) })),
  ];
}

async function fileAt(path: string): Promise<ArchiveFile> {
  return { name: path.slice(path.lastIndexOf("/") + 1), data: await readFile(`${ROOT}${path}`) };
}

/** What Prometheus, Grafana, Compose and Kubernetes need may be copied from any system. */
function kitFor(os: Target["os"]): (readonly [name: string, text: string])[] {
  return [...KIT_FILES].filter(([name]) => os === "linux" || !name.endsWith(".service"));
}
