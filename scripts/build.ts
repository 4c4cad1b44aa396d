/** `bun run build`: makes `dist/ollama-exporter` for this machine. */
import { currentCommit } from "./build/commit.ts";
import { compile } from "./build/compile.ts";
import { DIST, ROOT } from "./build/root.ts";

const outfile = `${DIST}ollama-exporter${process.platform === "win32" ? ".exe" : ""}`;
const { revision } = await currentCommit();
await compile({ outfile, revision });
console.log(`built ${outfile.slice(ROOT.length)} from ${revision}`);
