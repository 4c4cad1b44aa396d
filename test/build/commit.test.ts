import { expect, test } from "bun:test";
import { mkdir, mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../scripts/build/root.ts";

const MODULE = `${ROOT}scripts/build/commit.ts`;

/** What the build says of a folder, in a process with this environment. */
async function commitOf(folder: string, env: Readonly<Record<string, string>> = {}) {
  const code = `
    const { currentCommit } = await import(${JSON.stringify(MODULE)});
    const said = await currentCommit(process.argv[1]).catch(({ message }) => ({ message }));
    console.log(JSON.stringify(said));`;
  const child = Bun.spawn([process.execPath, "-e", code, folder], {
    env: {
      ...process.env,
      SOURCE_DATE_EPOCH: "",
      GIT_CONFIG_GLOBAL: "/dev/null",
      GIT_CONFIG_NOSYSTEM: "1",
      ...env,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  return (await new Response(child.stdout).json()) as unknown;
}

/** A folder with one commit, made on 2 January 2026. */
async function repository() {
  const folder = await mkdtempDisposable(join(tmpdir(), "ollama-exporter-commit-"));
  const date = "2026-01-02T03:04:05Z";
  const git = (...args: readonly string[]) =>
    Bun.spawnSync(["git", "-C", folder.path, ...args], {
      env: { ...process.env, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date },
    });
  git("init", "--quiet");
  git("config", "user.name", "Test");
  git("config", "user.email", "test@example.org");
  git("config", "commit.gpgSign", "false");
  await Bun.write(join(folder.path, "file"), "text");
  git("add", "file");
  git("commit", "--quiet", "--message", "All of it");
  return folder;
}

const NO_GIT = { revision: "unknown", time: "1980-01-01T00:00:00.000Z" };

test("A commit is told by its revision and its time, and by the time that is asked for", async () => {
  await using folder = await repository();
  const time = "2026-01-02T03:04:05.000Z";
  const revision = expect.stringMatching(/^[0-9a-f]{12}$/);
  expect(await commitOf(folder.path)).toEqual({ revision, time });
  expect(await commitOf(folder.path, { SOURCE_DATE_EPOCH: "1000000000" })).toEqual({
    revision,
    time: "2001-09-09T01:46:40.000Z",
  });
  await Bun.write(join(folder.path, "file"), "changed");
  const dirty = expect.stringMatching(/^[0-9a-f]{12}-dirty$/);
  expect(await commitOf(folder.path)).toEqual({ revision: dirty, time });
});

test("A source archive has no commit, wherever it is unpacked, nor has a machine without git", async () => {
  await using folder = await repository();
  const unpacked = join(folder.path, "unpacked");
  await mkdir(unpacked);
  expect(await commitOf(unpacked)).toEqual(NO_GIT);
  expect(await commitOf(folder.path, { PATH: "/nonexistent" })).toEqual(NO_GIT);
});

test("A repository that git refuses to read is an error in git's words", async () => {
  await using folder = await repository();
  expect(await commitOf(folder.path, { GIT_TEST_ASSUME_DIFFERENT_OWNER: "1" })).toEqual({
    message: expect.stringMatching(/^git describe: fatal: detected dubious ownership/),
  });
  await using broken = await mkdtempDisposable(join(tmpdir(), "ollama-exporter-commit-"));
  await mkdir(join(broken.path, ".git"));
  expect(await commitOf(broken.path)).toEqual({
    message: expect.stringMatching(/^git describe: fatal: not a git repository/),
  });
});
