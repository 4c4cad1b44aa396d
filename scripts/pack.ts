/** `bun run build:all`, second half: packs `dist/programs/` into the files of a release. */
import { readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { currentCommit } from "./build/commit.ts";
import { programName, programPath } from "./build/programs.ts";
import { DIST, ROOT } from "./build/root.ts";
import { installRuntimes, runtimePath } from "./build/runtimes.ts";
import { type Target, TARGETS } from "./build/targets.ts";
import { type ArchiveFile, tarGz, zip } from "./pack/archive.ts";
import { checksumOf, checksumsText } from "./pack/checksums.ts";
import { DEB_PROGRAMS, packDeb } from "./pack/deb.ts";
import { installScript } from "./pack/install-script.ts";
import {
  archiveName,
  CHECKSUMS,
  type DebArchitecture,
  INSTALL_SCRIPT,
  SBOM,
} from "./pack/names.ts";
import { sbom } from "./pack/sbom.ts";
import { thirdPartyLicenses } from "./pack/third-party.ts";

const commit = await currentCommit();
// Their sizes are told; a machine that only packs has not compiled with them.
await installRuntimes();
await clear();
await Promise.all([packArchives(), packDebs()]);
await writeFile(`${DIST}${SBOM}`, await sbom(commit));
await writeFile(`${DIST}${INSTALL_SCRIPT}`, installScript());
await writeChecksums();

/** Removes what an earlier run has packed, of whatever version. */
async function clear(): Promise<void> {
  const entries = await readdir(DIST, { withFileTypes: true });
  const packed = entries.filter(
    (entry) => entry.isFile() && !/^ollama-exporter(\.exe)?$/.test(entry.name),
  );
  await Promise.all(packed.map(({ name }) => rm(`${DIST}${name}`)));
}

/** One after the other: an archive and its program are in memory whole. */
async function packArchives(): Promise<void> {
  for (const target of TARGETS) await packArchive(target);
}

async function packArchive(target: Target): Promise<void> {
  const path = programPath(target);
  const program = { name: programName(target), data: await readFile(path), executable: true };
  const files = [program, ...(await companions(target))];
  const archive = archiveName(target);
  const bytes = await (target.os === "windows" ? zip : tarGz)(files, commit.time);
  await writeFile(`${DIST}${archive}`, bytes);
  const { size: runtime } = await stat(runtimePath(target));
  console.log(
    `packed dist/${archive}: ${megabytes(bytes.length)}; the program ${megabytes(program.data.length)}, ` +
      `of which Bun ${megabytes(runtime)}`,
  );
}

/** What an archive holds beside the program. */
async function companions({ os }: Target): Promise<ArchiveFile[]> {
  const settings = ["scripts/pack/service/ollama-exporter.env"];
  const unit = ["scripts/pack/service/ollama-exporter.service"];
  const paths = [
    "LICENSE",
    "README.md",
    ...(os === "windows" ? [] : settings),
    ...(os === "linux" ? unit : []),
  ];
  const licenses = Buffer.from(await thirdPartyLicenses());
  return [
    ...(await Promise.all(paths.map(fileAt))),
    { name: "THIRD_PARTY_LICENSES.txt", data: licenses },
  ];
}

async function fileAt(path: string): Promise<ArchiveFile> {
  return { name: path.slice(path.lastIndexOf("/") + 1), data: await readFile(`${ROOT}${path}`) };
}

async function packDebs(): Promise<void> {
  if (Bun.which("dpkg-deb") === null) {
    console.log("no .deb packages: dpkg-deb is not on the PATH");
    return;
  }
  const architectures = Object.keys(DEB_PROGRAMS) as DebArchitecture[];
  await Promise.all(
    architectures.map(async (architecture) => {
      const target = TARGETS.find(({ name }) => name === DEB_PROGRAMS[architecture])!;
      const deb = await packDeb({ architecture, program: programPath(target), commit, out: DIST });
      const { size } = await stat(deb);
      console.log(`packed ${deb.slice(ROOT.length)}: ${megabytes(size)}`);
    }),
  );
}

async function writeChecksums(): Promise<void> {
  const entries = await readdir(DIST, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile() && /\.(gz|zip|deb|json|sh)$/.test(entry.name))
    .map(({ name }) => name)
    .toSorted();
  const sums = await Promise.all(
    names.map(async (name) => [name, await checksumOf(`${DIST}${name}`)] as const),
  );
  await writeFile(`${DIST}${CHECKSUMS}`, checksumsText(new Map(sums)));
  console.log(`wrote dist/${CHECKSUMS}: ${names.length} files`);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
