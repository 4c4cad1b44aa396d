import { mkdir, rename, rm } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { ROOT } from "./root.ts";

export interface Compilation {
  readonly outfile: string;
  readonly revision: string;
  /** The Bun that the program carries, and for what; the one that runs this if it is not given. */
  readonly runtime?: { readonly path: string; readonly target: Bun.Build.CompileTarget };
}

/** Compiles the program to a single file. Throws if it does not compile. */
export async function compile({ outfile, revision, runtime }: Compilation): Promise<void> {
  // The source maps, which the program has in itself, are written beside it once more.
  const work = `${outfile}.work`;
  try {
    const made = join(work, basename(outfile));
    await Bun.build({
      entrypoints: [`${ROOT}src/main.ts`],
      minify: true,
      sourcemap: "linked",
      // `--version` in 18 ms instead of 43 (median of 21), for 4 MB; bytecode with a top-level
      // await needs esm.
      bytecode: true,
      format: "esm",
      // What comes after the start anew is not loaded before it.
      splitting: true,
      define: { BUILD_REVISION: JSON.stringify(revision) },
      compile: {
        outfile: made,
        ...(runtime && { executablePath: runtime.path, target: runtime.target }),
        // Files of the folder it is started in must not decide what it does.
        autoloadDotenv: false,
        autoloadBunfig: false,
        // As src/runtime/start-anew.ts has it for a run from source.
        execArgv: ["--max-http-header-size=1048576"],
      },
    });
    await mkdir(dirname(outfile), { recursive: true });
    await rename(made, outfile);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}
