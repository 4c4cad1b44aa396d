import { join } from "node:path";
import { $ } from "bun";
import { hasRelease, withRelease } from "./changelog.ts";
import { checkTree, hasTag } from "./check-tree.ts";
import { checkForm, checkOrder } from "./check-version.ts";
import { git } from "./git.ts";

export interface ReleaseOptions {
  /** The folder of the repository. */
  readonly root: string;
  readonly version: string;
  /** `YYYY-MM-DD` */
  readonly day: string;
}

/**
 * Makes the commit and the tag of a release, and pushes nothing. Throws, saying why, if there can be
 * no such release; then all is as it was.
 *
 * @returns the commit before it
 */
export async function prepareRelease({ root, version, day }: ReleaseOptions): Promise<string> {
  checkForm(version);
  const manifest = join(root, "package.json");
  const changelog = join(root, "CHANGELOG.md");
  const before = await Bun.file(manifest).text();
  const changes = await Bun.file(changelog).text();
  const { version: current } = JSON.parse(before) as { version: string };
  const released = hasRelease(changes, current) || (await hasTag(root, `v${current}`));
  checkOrder(version, current, released);
  await checkTree(root, `v${version}`);
  const renewed = withRelease(changes, version, day);

  const commit = await git(root, "rev-parse", "HEAD");
  try {
    await Bun.write(
      manifest,
      before.replace(`"version": "${current}"`, () => `"version": "${version}"`),
    );
    await Bun.write(changelog, renewed);
    await renewReadme(root);
    await git(root, "commit", "--all", "--message", `Release ${version}`);
    await git(root, "tag", "--annotate", "--message", `Release ${version}`, `v${version}`);
  } catch (error) {
    // The tree was clean: nothing else is lost.
    await git(root, "reset", "--hard", commit);
    throw error;
  }
  return commit;
}

/** In a process of its own, which reads the new package.json. */
async function renewReadme(root: string): Promise<void> {
  const { exitCode, stderr } = await $`${process.execPath} scripts/readme.ts`
    .cwd(root)
    .nothrow()
    .quiet();
  if (exitCode !== 0) throw new Error(`scripts/readme.ts: ${stderr.toString().trim()}`);
}
