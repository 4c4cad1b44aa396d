import { expect, test } from "bun:test";
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { tinyElf } from "./elf-image.ts";
import { tinyMachO } from "./mach-o-image.ts";

const SCRIPT = fileURLToPath(new URL("../../scripts/inspect.ts", import.meta.url));

async function inspect(...args: readonly string[]) {
  const child = Bun.spawn([process.execPath, SCRIPT, ...args], { stdout: "pipe", stderr: "pipe" });
  const [stdout, stderr, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  return { stdout, stderr, code };
}

/** A folder as `bun run build:all` leaves it, with these programs only. */
async function programs(contents: Readonly<Record<string, Uint8Array>>) {
  const folder = await mkdtempDisposable(join(tmpdir(), "inspect-"));
  for (const [target, content] of Object.entries(contents)) {
    await Bun.write(join(folder.path, target, "ollama-exporter"), content);
  }
  return folder;
}

test("a sound program is told in one line", async () => {
  await using folder = await programs({ linux_x64: tinyElf() });
  const { stdout, stderr, code } = await inspect("--programs", folder.path, "linux_x64");
  expect(stdout).toMatch(/^linux_x64 +0\.0 MB {2}ELF x64, glibc 2\.17; libc\.so\.6 libm\.so\.6\n$/);
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
});

test("a plain program and the baseline one are compared byte for byte", async () => {
  const other = tinyElf();
  other.writeUInt8(1, other.length - 1);
  for (const [baseline, said] of [
    [tinyElf(), "linux_x64 and linux_x64-baseline are the same, byte for byte"],
    [other, "linux_x64 and linux_x64-baseline differ: let the install script choose by AVX2"],
  ] as const) {
    await using folder = await programs({ linux_x64: tinyElf(), "linux_x64-baseline": baseline });
    const targets = ["linux_x64", "linux_x64-baseline"];
    const { stdout, code } = await inspect("--programs", folder.path, ...targets);
    expect(stdout.trimEnd().split("\n").at(-1)).toStartWith(said);
    expect(code).toBe(0);
  }
});

test("programs that are missing, damaged or another's are all named", async () => {
  await using folder = await programs({
    linux_x64: Buffer.from("#!/bin/sh\n"),
    linux_arm64: tinyMachO(),
  });
  const targets = ["linux_x64", "linux_arm64", "darwin_x64"];
  const { stderr, code } = await inspect("--programs", folder.path, ...targets);
  const missing = join(folder.path, "darwin_x64", "ollama-exporter");
  expect(stderr.trimEnd().split("\n")).toEqual([
    `inspect: linux_x64: neither an ELF nor a Mach-O nor a PE file: it starts with "23212f62"`,
    "inspect: linux_arm64: format: found Mach-O, expected ELF",
    `inspect: darwin_x64: no program at ${missing}: run bun run build:all`,
  ]);
  expect(code).toBe(1);
});

test("a stale page is refused only with --strict-signatures", async () => {
  const image = tinyMachO();
  image.writeUInt8(image.readUInt8(5000) ^ 1, 5000);
  await using folder = await programs({ darwin_arm64: image });
  const args = ["--programs", folder.path, "darwin_arm64"];
  const lenient = await inspect(...args);
  expect(lenient.stdout).toContain("signature stale on 1 of 4 pages (1): to be renewed on macOS");
  expect(lenient.code).toBe(0);
  const strict = await inspect("--strict-signatures", ...args);
  expect(strict.stderr).toBe(
    "inspect: darwin_arm64: signature: found stale on 1 of 4 pages (1), expected sound on every page\n",
  );
  expect(strict.code).toBe(1);
});

test("an unknown target or flag is a usage error", async () => {
  const target = await inspect("linux_riscv64");
  expect(target.stderr).toStartWith("inspect: unknown target linux_riscv64: the targets are ");
  expect(target.code).toBe(2);
  const flag = await inspect("--strict");
  expect(flag.stderr).toContain("--strict");
  expect(flag.code).toBe(2);
});
