import { expect } from "bun:test";
import { chmod, mkdir, readdir, stat, symlink } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createMachine } from "./machine.ts";
import { ARCHIVE, programSaying, releaseFiles, startRelease } from "./release.ts";
import { unixTest } from "./unix-test.ts";

const files = await releaseFiles();

unixTest("It installs the program for this user alone and tells what comes next", async () => {
  await using machine = await createMachine();
  await using release = await startRelease(files);
  const { code, stdout, stderr } = await machine.install({ from: release.url });
  expect(stderr).toBe("");
  expect(code).toBe(0);
  const directory = dirname(machine.target);
  expect(stdout.split("\n")).toEqual([
    `Downloading ${release.url}/${ARCHIVE}`,
    `Installed ollama-exporter new: ${machine.target}`,
    "Its directory is not on the PATH. To change that, add to the file your shell starts with:",
    `  export PATH=${directory}:"$PATH"`,
    "Next:",
    `  ${machine.target} --upstream http://127.0.0.1:11434`,
    "",
  ]);
  expect(await readdir(directory)).toEqual(["ollama-exporter"]);
  expect((await stat(machine.target)).mode & 0o777).toBe(0o755);
  expect(release.asked()).toEqual(["checksums.txt", ARCHIVE]);
});

unixTest("It replaces an older program, also one that is running", async () => {
  await using machine = await createMachine();
  await using old = await startRelease(
    await releaseFiles({ program: "#!/bin/sh\necho old\nread -r line || :\n" }),
  );
  expect((await machine.install({ from: old.url })).code).toBe(0);
  await using running = Bun.spawn([machine.target], { stdin: "pipe", stdout: "pipe" });
  await running.stdout.getReader().read();
  await using release = await startRelease(files);
  expect((await machine.install({ from: release.url })).code).toBe(0);
  expect(await Bun.file(machine.target).text()).toBe(programSaying("ollama-exporter new"));
});

unixTest("Where its directory is on the PATH, the next command is the program's name", async () => {
  await using machine = await createMachine();
  await using release = await startRelease(files);
  const PATH = `${join(machine.home, "../bin")}:${dirname(machine.target)}`;
  const { stdout } = await machine.install({ from: release.url, env: { PATH } });
  expect(stdout).toEndWith("\nNext:\n  ollama-exporter --upstream http://127.0.0.1:11434\n");
  expect(stdout).not.toContain("export PATH");
});

unixTest("It says so if another program of the name comes first on the PATH", async () => {
  await using machine = await createMachine({ fakes: { "ollama-exporter": "echo other" } });
  await using release = await startRelease(files);
  const bin = join(machine.home, "../bin");
  const PATH = `${bin}:${dirname(machine.target)}`;
  const { stdout } = await machine.install({ from: release.url, env: { PATH } });
  expect(stdout).toContain(`\nAnother one comes first on the PATH: ${bin}/ollama-exporter\n`);
  expect(stdout).toContain(`\n  ${machine.target} --upstream `);
});

unixTest("--dir and the variable say where it goes, and --dir is the stronger", async () => {
  await using machine = await createMachine();
  await using release = await startRelease(files);
  const env = { OLLAMA_EXPORTER_INSTALL_DIR: join(machine.home, "by variable/"), HOME: undefined };
  const { stdout } = await machine.install({ from: release.url, env });
  expect(stdout).toContain(`  export PATH='${machine.home}/by variable':"$PATH"\n`);
  expect(stdout).toContain(`  '${machine.home}/by variable/ollama-exporter' --upstream http`);
  const args = ["--dir", "home/it's"];
  expect((await machine.install({ from: release.url, env, args })).stdout).toContain(
    `  export PATH='${machine.home}/it'\\''s':"$PATH"\n`,
  );
  expect((await machine.install({ from: release.url, args: ["--dir=home/c"] })).code).toBe(0);
  const installed = (await readdir(machine.home, { recursive: true })).filter((name) =>
    name.endsWith("/ollama-exporter"),
  );
  expect(installed.toSorted()).toEqual(
    ["by variable", "c", "it's"].map((directory) => `${directory}/ollama-exporter`),
  );
});

unixTest("Without HOME it asks for --dir", async () => {
  await using machine = await createMachine();
  await using release = await startRelease(files);
  const { code, stderr } = await machine.install({ from: release.url, env: { HOME: undefined } });
  expect(code).toBe(1);
  expect(stderr).toContain("HOME is not set: say with --dir DIR where the program goes");
  expect(release.asked()).toEqual([]);
});

unixTest("A link in the program's place is replaced and a directory is not", async () => {
  await using machine = await createMachine();
  await using release = await startRelease(files);
  const other = join(machine.home, "other");
  await Bun.write(other, programSaying("other"));
  await chmod(other, 0o755);
  await mkdir(dirname(machine.target), { recursive: true });
  await symlink(other, machine.target);
  expect((await machine.install({ from: release.url })).code).toBe(0);
  expect(await Bun.file(other).text()).toBe(programSaying("other"));
  await mkdir(join(machine.home, "full/ollama-exporter"), { recursive: true });
  const args = ["--dir", join(machine.home, "full")];
  const { code, stderr } = await machine.install({ from: release.url, args });
  expect(code).toBe(1);
  expect(stderr).toContain(`${machine.home}/full/ollama-exporter is a directory\n`);
});
