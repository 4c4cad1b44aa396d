/** `bun run build:all`, first half: compiles the program of every target into `dist/programs/`. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { currentCommit } from "./build/commit.ts";
import { compile } from "./build/compile.ts";
import { PROGRAMS, programPath } from "./build/programs.ts";
import { ROOT } from "./build/root.ts";
import { installRuntimes, runtimePath } from "./build/runtimes.ts";
import { type Target, TARGETS } from "./build/targets.ts";
import { withVersionResource } from "./build/version-resource.ts";

const { revision } = await currentCommit();
await installRuntimes();
await rm(PROGRAMS, { recursive: true, force: true });
const work = await mkdtemp(join(tmpdir(), "ollama-exporter-build-"));
try {
  for (const target of TARGETS) {
    const outfile = programPath(target);
    await compile({
      outfile,
      revision,
      runtime: { path: await runtimeOf(target), target: target.bun },
    });
    console.log(`compiled ${outfile.slice(ROOT.length)} from ${revision}`);
  }
} finally {
  await rm(work, { recursive: true, force: true });
}

async function runtimeOf(target: Target): Promise<string> {
  const runtime = runtimePath(target);
  if (target.os !== "windows") return runtime;
  const versioned = join(work, "bun.exe");
  await Bun.write(versioned, withVersionResource(await Bun.file(runtime).arrayBuffer()));
  return versioned;
}
