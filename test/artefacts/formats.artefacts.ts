/** What the programs in dist/programs say of themselves, read without running them. */
import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { mkdtempDisposable } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { $ } from "bun";
import { programPath } from "../../scripts/build/programs.ts";
import { PROJECT } from "../../scripts/build/project.ts";
import { ROOT } from "../../scripts/build/root.ts";
import { runtimePath } from "../../scripts/build/runtimes.ts";
import { type Target, TARGETS } from "../../scripts/build/targets.ts";
import { type ElfFacts, readElf } from "../../scripts/inspect/elf.ts";
import { readMachO } from "../../scripts/inspect/mach-o.ts";
import { readPe } from "../../scripts/inspect/pe.ts";
import { signatureFaults } from "../../scripts/inspect/signature-faults.ts";
import { skipWithout } from "../support/skip-without.ts";

const LINUX = targetsOf("linux");
const DARWIN = targetsOf("darwin");
const WINDOWS = targetsOf("windows");
const [ARM_MAC = ""] = DARWIN.filter(({ arch }) => arch === "arm64").map(programPath);

/** Within the code of the program for macOS on arm64. */
const DAMAGE_AT = 5_000_000;

const MOST_TIME = 60_000;

function targetsOf(os: Target["os"]): readonly Target[] {
  return TARGETS.filter((target) => target.os === os);
}

function skipWithoutFile(path: string): string | undefined {
  if (process.env["REQUIRE_ALL"] === "true" || existsSync(path)) return undefined;
  return `skipped: there is no ${path.replace(ROOT, "")}`;
}

const missing = TARGETS.map((target) => skipWithoutFile(programPath(target))).find(Boolean);

function proof(title: string, run: () => Promise<void>, reason = missing): void {
  if (reason === undefined) test(title, run, MOST_TIME);
  else test.skip(`${title} (${reason})`, run);
}

async function inspect(...args: readonly string[]) {
  const said = await $`${process.execPath} ${ROOT}scripts/inspect.ts ${args}`.nothrow().quiet();
  return { stdout: said.stdout.toString(), stderr: said.stderr.toString(), code: said.exitCode };
}

function bytesOf(path: string): Promise<Uint8Array> {
  return Bun.file(path).bytes();
}

async function damagedArmMac(): Promise<Uint8Array> {
  const content = await bytesOf(ARM_MAC);
  content[DAMAGE_AT] = (content[DAMAGE_AT] ?? 0) ^ 1;
  return content;
}

proof("every program is what it should be", async () => {
  const { stdout, stderr, code } = await inspect();
  expect({ stderr, code }).toEqual({ stderr: "", code: 0 });
  const names = Array.from(stdout.matchAll(/^\S+/gm), ([name]) => name);
  for (const { name } of TARGETS) expect(names).toContain(name);
});

proof(
  "of programs for Linux, readelf says the same",
  async () => {
    for (const target of LINUX) {
      const path = programPath(target);
      expect(await readByReadelf(path)).toEqual(factsToCompare(readElf(await bytesOf(path))));
    }
  },
  missing ?? skipWithout("readelf"),
);

async function readByReadelf(path: string) {
  const flags = ["--wide", "--dynamic", "--program-headers", "--version-info"];
  const reader = Bun.spawn(["readelf", ...flags, path], { stdout: "pipe" });
  const said = await new Response(reader.stdout).text();
  const all = (pattern: RegExp): string[] =>
    Array.from(said.matchAll(pattern), ([, it]) => it ?? "");
  return {
    interpreter: all(/program interpreter: (\S+)\]/g)[0],
    libraries: all(/\(NEEDED\) +Shared library: \[(\S+)\]/g),
    symbolVersions: [...new Set(all(/ Name: (\S+) +Flags: .* Version: /g))].toSorted(),
  };
}

function factsToCompare({ interpreter, libraries, symbolVersions }: ElfFacts) {
  return { interpreter, libraries: [...libraries], symbolVersions: symbolVersions.toSorted() };
}

proof("the program for macOS on arm64 is soundly signed", async () => {
  expect(signatureFaults(readMachO(await bytesOf(ARM_MAC)).signature)).toEqual([]);
});

// So what is found wrong with a program is none of the reading.
for (const target of DARWIN) {
  const path = runtimePath(target);
  proof(
    `Bun's own signature of its runtime for ${target.name} is sound`,
    async () => {
      const { signature } = readMachO(await bytesOf(path));
      expect(signatureFaults(signature)).toEqual([]);
      expect(signature?.cmsMatches).toBe(true);
    },
    skipWithoutFile(path),
  );
}

proof("a flipped byte makes its page stale, and no other", async () => {
  const directories = readMachO(await damagedArmMac()).signature?.directories ?? [];
  expect(directories).not.toBeEmpty();
  for (const { pageSize, stalePages } of directories) {
    expect(stalePages).toEqual([Math.floor(DAMAGE_AT / pageSize)]);
  }
});

proof("a program with a stale page is refused with --strict-signatures", async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), "ollama-exporter-signatures-"));
  await Bun.write(join(folder.path, "darwin_arm64", "ollama-exporter"), await damagedArmMac());
  const args = ["--programs", folder.path, "darwin_arm64"];
  const lenient = await inspect(...args);
  expect(lenient).toMatchObject({ stderr: "", code: 0 });
  expect(lenient.stdout).toContain("to be renewed on macOS");
  const strict = await inspect("--strict-signatures", ...args);
  expect(strict.stderr).toMatch(
    /^inspect: darwin_arm64: signature: found stale on 1 of \d+ pages /,
  );
  expect(strict.code).toBe(1);
});

proof("programs for Windows say which version of what they are, and who made it", async () => {
  for (const target of WINDOWS) {
    const { versions } = readPe(await bytesOf(programPath(target)));
    expect(versions).toHaveLength(1);
    expect(versions[0]?.strings).toEqual({
      CompanyName: PROJECT.home,
      FileDescription: PROJECT.description,
      FileVersion: PROJECT.version,
      InternalName: PROJECT.name,
      LegalCopyright: `${PROJECT.license} license`,
      OriginalFilename: `${PROJECT.name}.exe`,
      ProductName: PROJECT.name,
      ProductVersion: PROJECT.version,
    });
  }
});
