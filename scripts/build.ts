/** `bun run build`: makes `dist/ollama-exporter` for this machine. */
import { currentCommit } from "./build/commit.ts";
import { compile } from "./build/compile.ts";
import { DIST, ROOT } from "./build/root.ts";
import { runCommand } from "./command/run-command.ts";

const USAGE = `bun run build

  Makes dist/ollama-exporter, the program for this machine.`;

await runCommand({ name: "build", usage: USAGE }, async () => {
  const outfile = `${DIST}ollama-exporter${process.platform === "win32" ? ".exe" : ""}`;
  const { revision } = await currentCommit();
  await compile({ outfile, revision });
  console.log(`built ${outfile.slice(ROOT.length)} from ${revision}`);
});
