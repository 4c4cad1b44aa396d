/** `bun run build:all`, first half: compiles the program of every target into `dist/programs/`. */
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { currentCommit } from "./build/commit.ts";
import { compile } from "./build/compile.ts";
import { writeRevision } from "./build/programs-revision.ts";
import { programName, programPath, PROGRAMS } from "./build/programs.ts";
import { DIST, ROOT } from "./build/root.ts";
import { installRuntimes, runtimePath } from "./build/runtimes.ts";
import { type Target, TARGETS } from "./build/targets.ts";
import { withVersionResource } from "./build/version-resource.ts";
import { createWorkFolder } from "./build/work-folder.ts";
import { runCommand } from "./command/run-command.ts";
import { removePacked } from "./pack/remove-packed.ts";

const USAGE = `bun scripts/compile-all.ts

  Compiles the programs of a release into dist/programs/, in place of all that an earlier run has
  compiled and packed.`;

await runCommand({ name: "compile-all", usage: USAGE }, async () => {
  const { revision } = await currentCommit();
  await installRuntimes();
  using work = createWorkFolder(`${DIST}compiling`);
  const programs = join(work.path, "programs");
  for (const target of TARGETS) {
    await compile({
      outfile: join(programs, target.name, programName(target)),
      revision,
      runtime: { path: await runtimeOf(target, work.path), target: target.bun },
    });
    console.log(`compiled ${programPath(target).slice(ROOT.length)} from ${revision}`);
  }
  await writeRevision(programs, revision);
  // What was packed belongs to the programs that go.
  await removePacked();
  await rm(PROGRAMS, { recursive: true, force: true });
  await rename(programs, PROGRAMS);
});

async function runtimeOf(target: Target, work: string): Promise<string> {
  const runtime = runtimePath(target);
  if (target.os !== "windows") return runtime;
  const versioned = join(work, "bun.exe");
  await Bun.write(versioned, withVersionResource(await Bun.file(runtime).arrayBuffer()));
  return versioned;
}
