import { expect } from "bun:test";
import { readdir } from "node:fs/promises";
import { dirname } from "node:path";
import { createMachine } from "./machine.ts";
import { programSaying, type ReleaseFiles, releaseFiles, startRelease } from "./release.ts";

/** What is said of a release that cannot be installed, and where that was. */
export interface Refused {
  readonly stderr: string;
  readonly url: string;
}

/** Tries a release on a machine without the program and on one with an older one. */
export async function refused(broken: ReleaseFiles): Promise<Refused> {
  await using machine = await createMachine();
  await using release = await startRelease(broken);
  const first = await machine.install({ from: release.url });
  expect(first.code).toBe(1);
  expect(first.stdout).not.toContain("Installed");
  expect(first.stderr).toEndWith("\nNothing was installed or removed.\n");
  expect(await Bun.file(machine.target).exists()).toBe(false);

  const program = programSaying("ollama-exporter old");
  await using old = await startRelease(await releaseFiles({ program }));
  expect((await machine.install({ from: old.url })).code).toBe(0);
  const second = await machine.install({ from: release.url });
  expect(second.code).toBe(1);
  expect(await Bun.file(machine.target).text()).toBe(program);
  expect(await readdir(dirname(machine.target))).toEqual(["ollama-exporter"]);
  return { stderr: first.stderr, url: release.url };
}
