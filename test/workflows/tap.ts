import { join } from "node:path";
import { PROJECT } from "../../scripts/build/project.ts";
import { git } from "../../scripts/release/git.ts";
import type { ScriptStage } from "./script-stage.ts";

export const TOKEN = "a-token-that-nobody-may-see";

/** Not this tree's, which may be a release candidate's. */
export const VERSION = "1.2.3";

/** A tap of its own, empty, and a release's formula. */
export async function createTap(stage: ScriptStage, version: string = VERSION) {
  const manifest = await Bun.file(join(stage.folder, "package.json")).text();
  await stage.write(
    "package.json",
    manifest.replace(/"version": "[^"]+"/, `"version": "${version}"`),
  );
  const bare = join(stage.folder, "tap.git");
  await git(stage.folder, "init", "--quiet", "--bare", "--initial-branch=main", bare);
  await stage.write(`dist/${PROJECT.name}.rb`, "class One\n");
  return {
    git: (...args: readonly string[]) => git(bare, ...args),
    push: () => stage.run("tap.sh", [], { TAP_REMOTE: bare, HOMEBREW_TAP_TOKEN: TOKEN }),
  };
}
