/** `bun run build:all`, second half: packs `dist/programs/` into the files of a release. */
import { existsSync } from "node:fs";
import { readdir, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Commit, currentCommit } from "./build/commit.ts";
import { checkRevision } from "./build/programs-revision.ts";
import { programPath } from "./build/programs.ts";
import { DIST } from "./build/root.ts";
import { installRuntimes } from "./build/runtimes.ts";
import { TARGETS } from "./build/targets.ts";
import { createWorkFolder } from "./build/work-folder.ts";
import { runCommand } from "./command/run-command.ts";
import { checksumOf, checksumsText } from "./pack/checksums.ts";
import { DEB_PROGRAMS, packDeb } from "./pack/deb.ts";
import { installScript } from "./pack/install-script.ts";
import { megabytes } from "./pack/megabytes.ts";
import { CHECKSUMS, type DebArchitecture, debName, INSTALL_SCRIPT, SBOM } from "./pack/names.ts";
import { packArchives } from "./pack/pack-archives.ts";
import { removePacked } from "./pack/remove-packed.ts";
import { sbom } from "./pack/sbom.ts";

const USAGE = `bun scripts/pack.ts

  Packs dist/programs/ into the files of a release in dist/, in place of those that are there.`;

await runCommand({ name: "pack", usage: USAGE }, async () => {
  const commit = await currentCommit();
  checkPrograms();
  await checkRevision(commit.revision);
  // Their sizes are told; a machine that only packs has not compiled with them.
  await installRuntimes();
  using work = createWorkFolder(`${DIST}packing`);
  const out = work.path;
  await Promise.all([packArchives(commit, out), packDebs(commit, out)]);
  await writeFile(join(out, SBOM), await sbom(commit));
  await writeFile(join(out, INSTALL_SCRIPT), installScript());
  const names = (await readdir(out)).toSorted();
  await writeChecksums(out, names);
  await removePacked();
  // The checksums last: with them it is a release.
  for (const name of [...names, CHECKSUMS]) await rename(join(out, name), join(DIST, name));
});

function checkPrograms(): void {
  const missing = TARGETS.filter((target) => !existsSync(programPath(target)));
  if (missing.length === 0) return;
  const names = missing.map(({ name }) => name).join(", ");
  throw new Error(`dist/programs has no program for ${names}: run bun scripts/compile-all.ts`);
}

async function packDebs(commit: Commit, out: string): Promise<void> {
  if (Bun.which("dpkg-deb") === null) {
    console.log("no .deb packages: dpkg-deb is not on the PATH");
    return;
  }
  const architectures = Object.keys(DEB_PROGRAMS) as DebArchitecture[];
  await Promise.all(
    architectures.map(async (architecture) => {
      const target = TARGETS.find(({ name }) => name === DEB_PROGRAMS[architecture])!;
      const deb = await packDeb({ architecture, program: programPath(target), commit, out });
      const { size } = await stat(deb);
      console.log(`packed dist/${debName(architecture)}: ${megabytes(size)}`);
    }),
  );
}

async function writeChecksums(out: string, names: readonly string[]): Promise<void> {
  const sums = await Promise.all(
    names.map(async (name) => [name, await checksumOf(join(out, name))] as const),
  );
  await writeFile(join(out, CHECKSUMS), checksumsText(new Map(sums)));
  console.log(`wrote dist/${CHECKSUMS}: ${names.length} files`);
}
