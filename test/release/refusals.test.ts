import { expect, test } from "bun:test";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { CHANGELOG, copyProject, type ProjectCopy } from "./project-copy.ts";

/** Expects a release to be refused and to leave everything as it was. */
async function expectRefusal(
  project: ProjectCopy,
  message: RegExp,
  args: readonly string[] = ["0.2.0"],
  expected: 1 | 2 = 1,
): Promise<void> {
  const state = async () => ({
    commit: await project.git("rev-parse", "HEAD"),
    tags: await project.git("tag", "--list"),
    changes: await project.git("status", "--porcelain"),
    files: await Promise.all(["package.json", "CHANGELOG.md", "README.md"].map(project.read)),
    remote: await project.remote(),
  });
  const before = await state();
  const { code, output } = await project.release(...args);
  expect(output).toMatch(message);
  expect(output).toStartWith("release: ");
  expect(code).toBe(expected);
  expect(await state()).toEqual(before);
}

test("A release without a version, or with more than one, is refused", async () => {
  await using project = await copyProject();
  await expectRefusal(project, /give a VERSION: bun run release 1\.2\.3/, [], 2);
  await expectRefusal(project, /unexpected argument "0\.3\.0"/, ["0.2.0", "0.3.0"], 2);
});

test.each(["1", "v0.2.0", "0.2", "0.02.0", "0.2.0+1", "0.2.0-beta", "0.2.0-rc.01", " 0.2.0"])(
  'A release of "%s" is refused, because it is no version',
  async (version) => {
    await using project = await copyProject();
    await expectRefusal(project, /is not a version/, [version], 2);
  },
);

test.each(["0.0.9", "0.1.0-rc.1"])("A release of %s is refused after 0.1.0", async (version) => {
  await using project = await copyProject();
  await expectRefusal(project, /comes before 0\.1\.0/, [version]);
});

test("A release is refused while the tree has changes, and the changes are kept", async () => {
  await using project = await copyProject();
  await project.write("README.md", "changed");
  await expectRefusal(project, /the tree has changes:\s+M README\.md/);
  await project.git("checkout", "README.md");
  await project.write("new.txt", "new");
  await expectRefusal(project, /the tree has changes:\s+\?\? new\.txt/);
});

test("A release is refused on another branch than main, and on none", async () => {
  await using project = await copyProject();
  await project.git("switch", "--quiet", "--create", "idea");
  await expectRefusal(project, /made on main, and this is idea/);
  await project.git("switch", "--quiet", "--detach");
  await expectRefusal(project, /made on main, and this is none/);
});

test("A release whose tag exists is refused", async () => {
  await using project = await copyProject();
  await project.git("tag", "v0.2.0");
  await expectRefusal(project, /there is a tag v0\.2\.0/);
});

test("A release of nothing new is refused", async () => {
  const heading = "## Unreleased\n";
  const rest = CHANGELOG.slice(CHANGELOG.indexOf("## 0.0.9"));
  await using empty = await copyProject(`# Changelog\n\n${heading}\n${rest}`);
  await expectRefusal(empty, /says nothing below "## Unreleased"/);
  await using none = await copyProject(`# Changelog\n\n${rest}`);
  await expectRefusal(none, /has no heading "## Unreleased"/);
});

test("A release that fails at the README leaves everything as it was", async () => {
  await using project = await copyProject();
  await project.write("scripts/readme.ts", 'throw new Error("no README");');
  await project.git("commit", "--all", "--message", "Break it");
  await expectRefusal(project, /scripts\/readme\.ts: [^]*no README/);
});

test.each(["commit-msg", "reference-transaction"])(
  "A release that git's hook %s refuses leaves everything as it was",
  async (hook) => {
    await using project = await copyProject();
    const path = join(project.folder, ".git/hooks", hook);
    // The second hook sees the tag only after the commit has been made.
    const refusing = hook === "commit-msg" ? "exit 1" : "! grep -q refs/tags/v0.2.0";
    await Bun.write(path, `#!/bin/sh\necho 'the hook refuses' >&2\n${refusing}\n`);
    await chmod(path, 0o755);
    await expectRefusal(project, /git (commit|tag): [^]*hook/);
  },
);
