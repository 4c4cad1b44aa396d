import { expect } from "bun:test";
import { Glob } from "bun";
import type { TargetName } from "../../scripts/build/targets.ts";
import { createMachine, fakeUname } from "./machine.ts";
import { archiveOf, releaseFiles, startRelease } from "./release.ts";
import { unixTest } from "./unix-test.ts";

const MUSL = { ldd: "echo 'musl libc (x86_64)' >&2; exit 1" };
const NO_LDD = { ldd: "exit 127" };

/** What macOS answers, where it knows the question. */
const translated = (answer: string): Readonly<Record<string, string>> => ({
  sysctl: `[ "$*" = "-n sysctl.proc_translated" ] && ${answer}`,
});

type Row = readonly [
  system: string,
  processor: string,
  note: string,
  target: TargetName,
  fakes?: Readonly<Record<string, string>>,
];

unixTest.each<Row>([
  ["Linux", "x86_64", "", "linux_x64-baseline"],
  ["Linux", "amd64", "", "linux_x64-baseline"],
  ["Linux", "aarch64", "", "linux_arm64"],
  ["Linux", "arm64", "", "linux_arm64"],
  ["Linux", "x86_64", " with musl", "linux_x64-musl", MUSL],
  ["Linux", "aarch64", " with musl", "linux_arm64-musl", MUSL],
  ["Darwin", "arm64", "", "darwin_arm64", translated("echo 0")],
  ["Darwin", "x86_64", "", "darwin_x64", translated("{ echo 'unknown oid' >&2; exit 1; }")],
  ["Darwin", "x86_64", " not under Rosetta", "darwin_x64", translated("echo 0")],
  ["Darwin", "x86_64", " under Rosetta", "darwin_arm64", translated("echo 1")],
])("%s on %s%s takes %s", async (system, processor, _note, target, fakes = {}) => {
  const uname = fakeUname(system, processor);
  await using machine = await createMachine({ fakes: { uname, ...fakes } });
  await using release = await startRelease(await releaseFiles({ archive: archiveOf(target) }));
  const { code, stdout } = await machine.install({ from: release.url });
  expect(stdout).toContain(`Downloading ${release.url}/${archiveOf(target)}\n`);
  expect(code).toBe(0);
});

unixTest("Without an ldd that says whose it is, musl's loader decides", async () => {
  const loaders = [...new Glob("ld-musl-*.so.1").scanSync("/lib")];
  const target = loaders.length > 0 ? "linux_x64-musl" : "linux_x64-baseline";
  await using machine = await createMachine({ fakes: NO_LDD });
  const { stdout } = await machine.install({ from: "file:///none" });
  expect(stdout).toBe(`Downloading file:///none/${archiveOf(target)}\n`);
});

unixTest("A 32-bit system on a 64-bit processor is told so", async () => {
  const fakes = { uname: fakeUname("Linux", "aarch64"), getconf: "echo 32" };
  await using machine = await createMachine({ fakes });
  const { code, stderr } = await machine.install({ from: "file:///none" });
  expect(code).toBe(1);
  expect(stderr).toContain("no program for a 32-bit system on the processor aarch64\n");
});

unixTest("On musl without libstdc++ it tells how to get it", async () => {
  const program = `#!/bin/sh
echo 'Error loading shared library libstdc++.so.6: No such file or directory' >&2
for i in 1 2 3 4 5; do echo 'Error relocating: symbol not found' >&2; done
exit 127
`;
  const archive = archiveOf("linux_x64-musl");
  await using machine = await createMachine({ fakes: MUSL });
  await using release = await startRelease(await releaseFiles({ archive, program }));
  const { code, stderr } = await machine.install({ from: release.url });
  expect(code).toBe(1);
  expect(stderr).toContain("\nInstall what it needs first: apk add libstdc++\n");
  expect(await Bun.file(machine.target).exists()).toBe(false);
});
