import { expect } from "bun:test";
import { readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { createMachine } from "./machine.ts";
import { releaseFiles, startRelease } from "./release.ts";
import { unixTest } from "./unix-test.ts";

unixTest("--uninstall removes the program and downloads nothing", async () => {
  await using machine = await createMachine();
  await using release = await startRelease(await releaseFiles());
  expect((await machine.install({ from: release.url })).code).toBe(0);
  const before = release.asked();
  const { code, stdout, stderr } = await machine.install({
    from: release.url,
    args: ["--uninstall"],
  });
  expect(stderr).toBe("");
  expect(code).toBe(0);
  expect(stdout).toBe(`Removed ${machine.target}\n`);
  expect(await readdir(dirname(machine.target))).toEqual([]);
  expect(release.asked()).toEqual(before);
});

unixTest("--uninstall knows --dir, and says so if there is nothing", async () => {
  await using machine = await createMachine();
  const args = ["--uninstall", "--dir", join(machine.home, "elsewhere")];
  const { code, stdout, stderr } = await machine.install({ from: "file:///none", args });
  expect(code).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toContain(`there is no ${machine.home}/elsewhere/ollama-exporter\n`);
});
