import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { currentCommit } from "../../scripts/build/commit.ts";
import { programPath } from "../../scripts/build/programs.ts";
import { TARGETS } from "../../scripts/build/targets.ts";
import { DEB_PROGRAMS, packDeb } from "../../scripts/pack/deb.ts";
import type { DebArchitecture } from "../../scripts/pack/names.ts";
import { runCommand } from "./machine.ts";

export const ARCHITECTURES = ["amd64", "arm64"] as const satisfies readonly DebArchitecture[];

/** The architecture whose packages can be installed here. */
export const NATIVE: DebArchitecture = process.arch === "arm64" ? "arm64" : "amd64";

const commit = currentCommit();

/** A folder for packages that is gone afterwards. */
export async function debFolder(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), "ollama-exporter-debs-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

export function programOf(architecture: DebArchitecture): string {
  const name = DEB_PROGRAMS[architecture];
  return programPath(TARGETS.find((target) => target.name === name)!);
}

/** Why no package can be built here; undefined if it can. */
export function skipWithoutPrograms(): string | undefined {
  if (process.env["REQUIRE_ALL"] === "true") return undefined;
  const missing = ARCHITECTURES.find((architecture) => !existsSync(programOf(architecture)));
  return missing && `skipped: dist/programs has no program for ${missing}`;
}

/** Builds a package into a folder as a release has it, but larger, and gives its path. */
export async function buildDeb(out: string, architecture: DebArchitecture): Promise<string> {
  const program = programOf(architecture);
  return packDeb({ architecture, program, commit: await commit, out, xzLevel: 0 });
}

/** The same package with a later version. */
export async function laterDeb(out: string, deb: string, version: string): Promise<string> {
  const tree = join(out, "tree");
  const later = join(out, "later.deb");
  await runCommand(["dpkg-deb", "--raw-extract", deb, tree]);
  const control = join(tree, "DEBIAN/control");
  const text = await readFile(control, "utf8");
  await writeFile(control, text.replace(/^Version: .*$/m, `Version: ${version}`));
  await runCommand(["dpkg-deb", "--root-owner-group", "-Znone", "--build", tree, later]);
  return later;
}
