import { expect, test } from "bun:test";
import { PROJECT } from "../../scripts/build/project.ts";
import { TARGETS } from "../../scripts/build/targets.ts";
import { type Problem, problemsOf } from "../../scripts/inspect/compare.ts";
import { EXPECTATIONS, type ReleaseTarget } from "../../scripts/inspect/expectations.ts";
import { readElf } from "../../scripts/inspect/elf.ts";
import { readMachO } from "../../scripts/inspect/mach-o.ts";
import { readPe } from "../../scripts/inspect/pe.ts";
import type { ProgramFacts } from "../../scripts/inspect/program.ts";
import { tinyElf } from "./elf-image.ts";
import { tinyMachO } from "./mach-o-image.ts";
import { tinyPe } from "./pe-image.ts";

const ELF = readElf(tinyElf());
const MACH_O = readMachO(tinyMachO());
const PE = readPe(tinyPe({ ProductName: PROJECT.name, ProductVersion: PROJECT.version }));
const [release] = PROJECT.version.split("-");
const VERSIONS = PE.versions.map((version) => ({ ...version, fileVersion: `${release}.0` }));

function problems(name: string, facts: ProgramFacts, strict = false): readonly Problem[] {
  const target = TARGETS.find((row): row is ReleaseTarget => row.name === name);
  if (target === undefined) throw new Error(`no target ${name}`);
  return problemsOf(target, facts, strict);
}

test("programs that are as they should be have no problem", () => {
  expect(problems("linux_x64", ELF)).toEqual([]);
  expect(problems("darwin_arm64", MACH_O, true)).toEqual([]);
  expect(problems("windows_x64", { ...PE, versions: VERSIONS })).toEqual([]);
});

test("a program of another format has that problem and no other", () => {
  expect(problems("windows_x64", ELF)).toEqual([{ what: "format", found: "ELF", expected: "PE" }]);
});

const LIBRARIES = EXPECTATIONS.linux_x64.libraries.join(" ");
const INTERPRETER = "/lib64/ld-linux-x86-64.so.2";

const WINDOWS = { ...PE, versions: VERSIONS };
const OURS = `${PROJECT.name} ${PROJECT.version} ${release}.0`;

test.each<[what: string, name: string, facts: ProgramFacts, found: string, expected: string]>([
  ["machine", "linux_x64", { ...ELF, machine: "arm64" }, "arm64", "x64"],
  ["interpreter", "linux_x64", { ...ELF, interpreter: undefined }, "none", INTERPRETER],
  [
    "libraries",
    "linux_x64",
    { ...ELF, libraries: ["libc.so.6", "libstdc++.so.6"] },
    "libstdc++.so.6",
    `none but ${LIBRARIES}`,
  ],
  [
    "glibc",
    "linux_x64",
    { ...ELF, symbolVersions: ["GLIBC_2.2.5", "GLIBC_2.34"] },
    "2.34",
    "2.17 at most",
  ],
  ["macOS", "darwin_arm64", { ...MACH_O, macos: "14.0" }, "14.0", "13.0 at most"],
  ["subsystem", "windows_x64", { ...WINDOWS, subsystem: "windows" }, "windows", "console"],
  [
    "bytes of an Authenticode signature",
    "windows_x64",
    { ...WINDOWS, certificateBytes: 10328 },
    "10328",
    "0",
  ],
  ["version resource", "windows_x64", { ...WINDOWS, versions: [] }, "none", OURS],
])("wrong: the %s of %s; what was found and expected is told", (...row) => {
  const [what, name, facts, found, expected] = row;
  expect(problems(name, facts)).toEqual([{ what, found, expected }]);
});

test("musl's programs may not ask for glibc", () => {
  const facts: ProgramFacts = {
    ...ELF,
    interpreter: "/lib/ld-musl-x86_64.so.1",
    libraries: ["libstdc++.so.6"],
  };
  const problem = { what: "glibc", found: "2.17", expected: "none" };
  expect(problems("linux_x64-musl", facts)).toEqual([problem]);
});

test("a signature counts only when it is to be the final one", () => {
  const facts = { ...MACH_O, signature: undefined };
  const problem = { what: "signature", found: "missing", expected: "sound on every page" };
  expect(problems("darwin_arm64", facts)).toEqual([]);
  expect(problems("darwin_arm64", facts, true)).toEqual([problem]);
});
