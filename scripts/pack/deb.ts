import { chmod, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Commit } from "../build/commit.ts";
import { PROJECT } from "../build/project.ts";
import { KIT } from "../../src/kit/kit.ts";
import type { TargetName } from "../build/targets.ts";
import { buildDeb } from "./deb/build-deb.ts";
import { controlText, md5sumsText } from "./deb/control.ts";
import type { DebFile } from "./deb/deb-file.ts";
import { documents } from "./deb/documents.ts";
import { type DebArchitecture, debName } from "./names.ts";

/** The program that each package carries; it has to run on every processor of the architecture. */
export const DEB_PROGRAMS: Readonly<Record<DebArchitecture, TargetName>> = {
  amd64: "linux_x64-baseline",
  arm64: "linux_arm64",
};

export interface DebPacking {
  readonly architecture: DebArchitecture;
  /** The path of the program. */
  readonly program: string;
  readonly commit: Commit;
  /** The folder that gets the package. */
  readonly out: string;
  /** 0 to 9. Level 6 takes 57 s for 40 MB, level 1 takes 10 s for 45 MB. */
  readonly xzLevel?: number;
}

const HERE = import.meta.dirname;
const SETTINGS = `etc/default/${PROJECT.name}`;

/** Makes a Debian package and gives its path; the same commit gives the same bytes. */
export async function packDeb(packing: DebPacking): Promise<string> {
  const { architecture, commit, out, xzLevel = 6 } = packing;
  const files = await installed(packing);
  const tree = await mkdtemp(join(out, `${PROJECT.name}-deb-`));
  try {
    for (const file of [...files, ...(await control(architecture, files))]) await put(tree, file);
    await settle(tree, commit.time);
    const deb = join(out, debName(architecture));
    await buildDeb(tree, deb, { xzLevel, time: commit.time });
    return deb;
  } finally {
    await rm(tree, { recursive: true, force: true });
  }
}

async function installed({ program, commit }: DebPacking): Promise<DebFile[]> {
  const { name } = PROJECT;
  return [
    { path: SETTINGS, data: await source(`service/${name}.env`) },
    { path: `usr/bin/${name}`, data: await readFile(program), executable: true },
    {
      path: `usr/lib/systemd/system/${name}.service`,
      data: KIT["systemd-unit"],
    },
    { path: `usr/share/lintian/overrides/${name}`, data: await source("deb/lintian-overrides") },
    ...(await documents(commit.time)),
  ];
}

async function control(
  architecture: DebArchitecture,
  files: readonly DebFile[],
): Promise<DebFile[]> {
  const scripts = ["postinst", "postrm", "prerm"].map(async (script) => ({
    path: `DEBIAN/${script}`,
    data: await source(`deb/${script}`),
    executable: true,
  }));
  return [
    { path: "DEBIAN/conffiles", data: `/${SETTINGS}\n` },
    { path: "DEBIAN/control", data: controlText(architecture, files) },
    { path: "DEBIAN/md5sums", data: md5sumsText(files.filter(({ path }) => path !== SETTINGS)) },
    ...(await Promise.all(scripts)),
  ];
}

function source(path: string): Promise<string> {
  return readFile(join(HERE, path), "utf8");
}

async function put(tree: string, { path, data, executable = false }: DebFile): Promise<void> {
  const target = join(tree, path);
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, data);
  await chmod(target, executable ? 0o755 : 0o644);
}

/** Modes and times do not come from the umask and the clock of this machine. */
async function settle(tree: string, time: Date): Promise<void> {
  const entries = await readdir(tree, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) await chmod(path, 0o755);
    await utimes(path, time, time);
  }
  await chmod(tree, 0o755);
  await utimes(tree, time, time);
}
