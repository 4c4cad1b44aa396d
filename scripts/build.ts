/** `bun run build`: makes `dist/ollama-exporter` for this machine. */
import { $ } from "bun";

const root = new URL("..", import.meta.url).pathname;
const outfile = `${root}dist/ollama-exporter${process.platform === "win32" ? ".exe" : ""}`;

// A source archive has no commit.
const commit = await $`git -C ${root} rev-parse --short=12 HEAD`.nothrow().quiet();
const revision = commit.exitCode === 0 ? commit.text().trim() : "unknown";

await Bun.build({
  entrypoints: [`${root}src/main.ts`],
  minify: true,
  sourcemap: "linked",
  // `--version` in 18 ms instead of 43 (median of 21); bytecode with a top-level await needs esm.
  bytecode: true,
  format: "esm",
  // What comes after the start anew is not loaded before it.
  splitting: true,
  define: { BUILD_REVISION: JSON.stringify(revision) },
  compile: {
    outfile,
    // Files of the folder it is started in must not decide what it does.
    autoloadDotenv: false,
    autoloadBunfig: false,
    // As src/runtime/start-anew.ts has it for a run from source.
    execArgv: ["--max-http-header-size=1048576"],
  },
});
console.log(`built ${outfile.slice(root.length)} from ${revision}`);
