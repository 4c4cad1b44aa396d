/** The formula of the release that lies in dist/, installed and started as `brew` does. */
import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { appendFile, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { $ } from "bun";
import { PROJECT } from "../../scripts/build/project.ts";
import { DIST } from "../../scripts/build/root.ts";
import { checksumOf, readChecksums } from "../../scripts/pack/checksums.ts";
import { archiveName, CHECKSUMS } from "../../scripts/pack/names.ts";
import { homebrewFormula } from "../../scripts/render/homebrew-formula.ts";
import { stubbedBrew } from "../render/formula-stub.ts";
import { skipWithout } from "../support/skip-without.ts";

const { name, version } = PROJECT;
const ARCHIVE = archiveName({ name: "linux_x64-baseline", os: "linux" });
const MOST_TIME = 60_000;

const reason = skipWithout("ruby") ?? skipWithout("curl") ?? skipWithoutRelease();
const proof = (title: string, run: () => Promise<void>): void =>
  reason === undefined ? test(title, run, MOST_TIME) : test.skip(`${title} (${reason})`, run);

function skipWithoutRelease(): string | undefined {
  if (process.platform !== "linux" || process.arch !== "x64") return "skipped: not Linux on x64";
  if (process.env["REQUIRE_ALL"] === "true") return undefined;
  return existsSync(`${DIST}${CHECKSUMS}`) ? undefined : `skipped: dist/ has no ${CHECKSUMS}`;
}

/** A stubbed Homebrew in which the formula of dist/ has installed the archive of dist/. */
async function installed(): ReturnType<typeof stubbedBrew> {
  const brew = await stubbedBrew(await formula());
  const folder = await mkdtemp(join(tmpdir(), "unpacked-"));
  try {
    await $`tar -xzf ${DIST}${ARCHIVE} -C ${folder}`.quiet();
    await brew.installFolder(folder);
    return brew;
  } catch (error) {
    await brew[Symbol.asyncDispose]();
    throw error;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function formula(): Promise<string> {
  return homebrewFormula(readChecksums(await readFile(`${DIST}${CHECKSUMS}`, "utf8")));
}

proof("The formula has the checksum of the archive that it installs", async () => {
  await using brew = await stubbedBrew(await formula());
  const { url, sha256 } = await brew.evaluate("linux", "intel");
  expect(url).toEndWith(`/${ARCHIVE}`);
  expect(sha256).toBe(await checksumOf(`${DIST}${ARCHIVE}`));
});

proof("The service answers with the settings of its file, and ends at a signal", async () => {
  await using brew = await installed();
  using ollama = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    fetch: () => Response.json({ version: "0.24.0" }),
  });
  const settings = { LISTEN: "127.0.0.1:0", UPSTREAM: ollama.url.origin, LOG_FORMAT: "json" };
  const lines = Object.entries(settings).map(([key, value]) => `OLLAMA_EXPORTER_${key}=${value}\n`);
  await appendFile(brew.settings, lines.join(""));

  const { service } = await brew.evaluate("linux", "intel");
  await using program = startService(service.run, service.working_dir);
  const [, address] = await program.says(/listens on ([\d.:]+)/);
  const page = await fetch(`http://${address}/metrics`);
  expect(await page.text()).toContain(`ollama_exporter_build_info{version="${version}"`);
  const answer = await fetch(`http://${address}/api/version`);
  expect(await answer.json()).toEqual({ version: "0.24.0" });
  program.kill();
  expect(await program.exited).toBe(0);
});

/** With the little environment that launchd and systemd give. */
function startService(command: string, cwd: string) {
  const child = Bun.spawn([command], {
    cwd,
    env: { PATH: "/usr/bin:/bin:/usr/sbin:/sbin" },
    stdin: "ignore",
    stdout: "ignore",
    stderr: "pipe",
  });
  return {
    exited: child.exited,
    kill: () => child.kill("SIGTERM"),
    async says(pattern: RegExp): Promise<RegExpExecArray> {
      let said = "";
      const texts = child.stderr.pipeThrough(new TextDecoderStream());
      // The program must find its log open to its end.
      for await (const text of texts.values({ preventCancel: true })) {
        said += text;
        const match = pattern.exec(said);
        if (match) return match;
      }
      throw new Error(`the service ended without saying ${pattern}:\n${said}`);
    },
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await child.exited;
    },
  };
}

proof("The formula's own test passes with the released program", async () => {
  await using brew = await installed();
  expect(await brew.test()).toBe("");
});

proof("The formula's own test fails with a program that does not answer", async () => {
  await using brew = await installed();
  await brew.install({
    [name]: `#!/bin/sh\n[ "$1" = --version ] && echo "${name} ${version}" || exec sleep 30\n`,
    [`${name}.env`]: "",
  });
  expect(await brew.test()).toContain("exit code 7");
});
