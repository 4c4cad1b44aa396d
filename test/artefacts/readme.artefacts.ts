/** The commands of the README that need no root, word by word, on the programs and in the sources. */
import { describe, expect, test } from "bun:test";
import { cp, mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { $ } from "bun";
import { programPath } from "../../scripts/build/programs.ts";
import { PROJECT } from "../../scripts/build/project.ts";
import { DIST, ROOT } from "../../scripts/build/root.ts";
import { TARGETS } from "../../scripts/build/targets.ts";
import { skipWithout } from "../support/skip-without.ts";
import { startProgram } from "./readme-program.ts";
import { words } from "./readme-words.ts";

const MOST_TIME = 60_000;

const temporaryFolder = () => mkdtempDisposable(join(tmpdir(), "readme-"));

async function clone(folder: string): Promise<string> {
  const sources = join(folder, "sources");
  await $`git clone --quiet ${ROOT} ${sources}`;
  return sources;
}

/** The command starts a program that answers, and that ends when it is told to. */
async function expectToServe(...args: Parameters<typeof startProgram>): Promise<void> {
  await using program = await startProgram(...args);
  const page = await (await fetch(`${program.url}/metrics`)).text();
  expect(page).toMatch(/^ollama_exporter_build_info\{/m);
  expect(await program.interrupt()).toEndWith(" shutting down\n");
}

describe("The README's own words", () => {
  test("verify what was downloaded, and refuse what was changed", async () => {
    await using folder = await temporaryFolder();
    const archive = `${PROJECT.name}_${PROJECT.version}_linux_x64.tar.gz`;
    for (const file of ["checksums.txt", archive]) {
      await cp(`${DIST}${file}`, join(folder.path, file));
    }
    const check = ["bash", "-c", words("sha256sum --check")];
    const sound = Bun.spawnSync(check, { cwd: folder.path });
    expect(sound.stdout.toString()).toBe(`${archive}: OK\n`);
    expect(sound.exitCode).toBe(0);

    await Bun.write(join(folder.path, archive), "changed");
    expect(Bun.spawnSync(check, { cwd: folder.path }).exitCode).toBe(1);
  });

  const native = TARGETS.find(({ name }) => name === `linux_${process.arch}`);
  test.skipIf(process.platform !== "linux" || native === undefined)(
    "run the program that is on the PATH",
    async () => {
      const path = `${dirname(programPath(native!))}:${process.env["PATH"]}`;
      await expectToServe(words("ollama-exporter --upstream"), { cwd: "/", env: { PATH: path } });
    },
    MOST_TIME,
  );

  test(
    "run the sources on Bun",
    async () => {
      await using folder = await temporaryFolder();
      await expectToServe(words("bun install && bun run start"), { cwd: await clone(folder.path) });
    },
    MOST_TIME,
  );

  const reason = skipWithout("deno");
  const testOnDeno = test.skipIf(reason !== undefined);

  testOnDeno(
    "run the sources on Deno",
    async () => {
      await using folder = await temporaryFolder();
      const cwd = await clone(folder.path);
      await $`bash -c ${words("deno install --prod")}`.cwd(cwd).quiet();
      await expectToServe(words("deno run"), { cwd });
    },
    MOST_TIME,
  );

  testOnDeno(
    "install the sources on Deno as a command, and remove it again",
    async () => {
      await using folder = await temporaryFolder();
      const cwd = await clone(folder.path);
      const env = { ...process.env, DENO_INSTALL_ROOT: join(folder.path, "root") };
      const run = (start: string) => $`bash -c ${words(start)}`.cwd(cwd).env(env).quiet();
      await run("deno install --prod");
      await run("deno install --global");

      const program = join(folder.path, "root/bin", PROJECT.name);
      const said = await $`${program} --version`.cwd("/").text();
      expect(said).toBe(`${PROJECT.name} ${PROJECT.version} (source)\n`);

      await run("deno uninstall");
      expect(await Bun.file(program).exists()).toBe(false);
    },
    MOST_TIME,
  );
});
