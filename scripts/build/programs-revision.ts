import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PROGRAMS } from "./programs.ts";

/** Beside the programs, wherever they are taken to be signed and packed. */
const FILE = "REVISION";

/** Says of which revision the programs in a folder are. */
export async function writeRevision(folder: string, revision: string): Promise<void> {
  await writeFile(join(folder, FILE), `${revision}\n`);
}

/** Throws unless the programs to be packed are of this revision. */
export async function checkRevision(revision: string): Promise<void> {
  const compiled = await readFile(join(PROGRAMS, FILE), "utf8").catch(() => undefined);
  if (compiled?.trim() === revision) return;
  const found =
    compiled === undefined
      ? `dist/programs has no ${FILE}, which says of what they are`
      : `the programs are of ${compiled.trim()}`;
  throw new Error(`${found}, and this is ${revision}: run bun scripts/compile-all.ts`);
}
