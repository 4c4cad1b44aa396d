/**
 * `bun scripts/render.ts [FOLDER]`: writes the Homebrew formula, the Scoop manifest and the release
 * notes beside the `checksums.txt` that they are made from, in `dist/` if no folder is given.
 */
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DIST, ROOT } from "./build/root.ts";
import { runCommand } from "./command/run-command.ts";
import { renderRelease } from "./render/render-release.ts";

const USAGE = `bun scripts/render.ts [FOLDER]

  Writes the Homebrew formula, the Scoop manifest and the release notes beside FOLDER/checksums.txt,
  which they are made from; FOLDER is dist if it is not given.`;

await runCommand({ name: "render", usage: USAGE, operands: 1 }, async ({ positionals }) => {
  const [folder = DIST] = positionals;
  const changelog = await readFile(`${ROOT}CHANGELOG.md`, "utf8");
  // All or none: a release that is not complete leaves nothing to publish.
  for (const [name, text] of await renderRelease({ folder, changelog })) {
    await writeFile(join(folder, name), text);
    console.log(`rendered ${join(folder, name).replace(ROOT, "")}`);
  }
});
