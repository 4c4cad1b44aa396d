import { expect, test } from "bun:test";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { skipWithout } from "../support/skip-without.ts";
import { createMachine, fakeUname } from "./machine.ts";
import { releaseFiles, startRelease } from "./release.ts";
import { unixTest } from "./unix-test.ts";

const files = await releaseFiles();

unixTest("Another system is told where else to look, and downloads nothing", async () => {
  const cases = [
    ["MINGW64_NT-10.0-22631", "x86_64", /does not install on Windows .*\nUse Scoop, or .* the zip/],
    ["FreeBSD", "amd64", /there is no program for FreeBSD\n/],
    ["Linux", "riscv64", /there is no program for the processor riscv64/],
  ] as const;
  for (const [system, processor, message] of cases) {
    await using machine = await createMachine({ fakes: { uname: fakeUname(system, processor) } });
    await using release = await startRelease(files);
    const { code, stderr } = await machine.install({ from: release.url });
    expect(code).toBe(1);
    expect(stderr).toMatch(message);
    expect(release.asked()).toEqual([]);
  }
});

const isRoot = process.getuid?.() === 0;
const reason = isRoot ? skipWithout("setpriv") : undefined;

test.skipIf(reason !== undefined || process.platform === "win32")(
  "Where it may not write it says so before it downloads",
  async () => {
    await using machine = await createMachine();
    await using release = await startRelease(files);
    const nobody = [
      Bun.which("setpriv") ?? "setpriv",
      "--reuid=65534",
      "--regid=65534",
      "--clear-groups",
      "--",
    ];
    const directory = isRoot ? join(machine.home, "a/b") : "/ollama-exporter/a/b";
    const { code, stderr } = await machine.install({
      from: release.url,
      args: ["--dir", directory],
      wrapper: isRoot ? nobody : [],
    });
    expect(code).toBe(1);
    expect(stderr).toContain(`cannot write to ${directory}\nChoose another directory with --dir`);
    expect(release.asked()).toEqual([]);
    expect(await readdir(machine.home)).toEqual([]);
  },
);

unixTest("A file in the place of the directory is said before it downloads", async () => {
  await using machine = await createMachine();
  await using release = await startRelease(files);
  await Bun.write(join(machine.home, "file"), "");
  const args = ["--dir", join(machine.home, "file/bin")];
  const { code, stderr } = await machine.install({ from: release.url, args });
  expect(code).toBe(1);
  expect(stderr).toContain(`cannot write to ${machine.home}/file/bin\n`);
  expect(release.asked()).toEqual([]);
});
