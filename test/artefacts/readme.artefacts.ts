import { describe, expect, test } from "bun:test";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { $ } from "bun";
import { PROJECT } from "../../scripts/build/project.ts";
import { DIST, ROOT } from "../../scripts/build/root.ts";
import { skipWithout } from "../support/skip-without.ts";

const readme = await Bun.file(`${ROOT}README.md`).text();

/** The README's command that begins so, without what a comment says after it. */
function words(start: string): string {
  const line = readme.split("\n").find((each) => each.trim().startsWith(start));
  if (line === undefined) throw new Error(`the README has no command "${start}"`);
  return line.replace(/\s+#.*$/, "").trim();
}

async function inTemporaryFolder(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "readme-"));
  try {
    await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe("The README's own words", () => {
  test("verify what was downloaded, and refuse what was changed", () =>
    inTemporaryFolder(async (folder) => {
      const archive = `${PROJECT.name}_${PROJECT.version}_linux_x64.tar.gz`;
      for (const file of ["checksums.txt", archive]) {
        await cp(`${DIST}${file}`, join(folder, file));
      }
      const check = ["bash", "-c", words("sha256sum --check")];
      const sound = Bun.spawnSync(check, { cwd: folder });
      expect(sound.stdout.toString()).toBe(`${archive}: OK\n`);
      expect(sound.exitCode).toBe(0);

      await Bun.write(join(folder, archive), "changed");
      expect(Bun.spawnSync(check, { cwd: folder }).exitCode).toBe(1);
    }));

  const reason = skipWithout("deno");
  test.skipIf(reason !== undefined)(
    "install the sources on Deno as a command, and remove it again",
    () =>
      inTemporaryFolder(async (folder) => {
        const sources = join(folder, "sources");
        await $`git clone --quiet ${ROOT} ${sources}`;
        const env = { ...process.env, DENO_INSTALL_ROOT: join(folder, "root") };
        const run = (start: string) =>
          $`bash -c ${words(start)}`.cwd(sources).env(env).quiet().nothrow();
        const ran = [await run("deno install --prod"), await run("deno install --global")];
        expect(ran.map(({ exitCode }) => exitCode)).toEqual([0, 0]);

        const program = join(folder, "root/bin", PROJECT.name);
        const said = await $`${program} --version`.cwd("/").text();
        expect(said).toBe(`${PROJECT.name} ${PROJECT.version} (source)\n`);

        await $`deno uninstall --global ${PROJECT.name}`.env(env).quiet();
        expect(await Bun.file(program).exists()).toBe(false);
      }),
    60_000,
  );
});
