/**
 * `bun scripts/render.ts [FOLDER]`: writes the Homebrew formula, the Scoop manifest and the release
 * notes beside the `checksums.txt` that they are made from, in `dist/` if no folder is given.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DIST, ROOT } from "./build/root.ts";
import { renderRelease } from "./render/render-release.ts";

const [folder = DIST] = process.argv.slice(2);
try {
  const changelog = await readFile(`${ROOT}CHANGELOG.md`, "utf8");
  // All or none: a release that is not complete leaves nothing to publish.
  for (const [name, text] of await renderRelease({ folder, changelog })) {
    await writeFile(join(folder, name), text);
    console.log(`rendered ${join(folder, name).replace(ROOT, "")}`);
  }
} catch (error) {
  console.error(`render: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
