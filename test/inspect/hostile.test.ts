import { expect, test } from "bun:test";
import { readProgram } from "../../scripts/inspect/program.ts";
import { createRandom } from "../../scripts/simulated-ollama/random.ts";
import { PLACES as ELF, tinyElf } from "./elf-image.ts";
import { SIGNATURE_AT, tinyMachO } from "./mach-o-image.ts";
import { PLACES as PE, tinyPe } from "./pe-image.ts";

const KINDS = [
  ["ELF", tinyElf],
  ["Mach-O", () => tinyMachO({ hashes: ["sha1", "sha256"], entitlements: "{}", cms: "nothing" })],
  ["PE", () => tinyPe({ ProductName: "tiny" })],
] as const;

const MUTATIONS = 3000;

const CLEAR = /^(ELF|Mach-O|PE) file: .+ at offset \d+$/;

/** What reading says when it fails; undefined if it does not. Only a plain Error is meant. */
function complaint(image: Uint8Array): string | undefined {
  try {
    readProgram(image);
    return undefined;
  } catch (error) {
    if (!(error instanceof Error) || error.constructor !== Error) throw error;
    return error.message;
  }
}

test.each(KINDS)("a cut %s file gets an error with the offset, wherever it is cut", (_, make) => {
  const image = make();
  const lengths = Array.from({ length: image.length - 4 }, (__, index) => index + 4);
  const said = lengths.map((length) => complaint(image.subarray(0, length)));
  expect(said.filter((line) => line === undefined || !CLEAR.test(line))).toEqual([]);
});

test.each(KINDS)("a damaged %s file is read or gets an error with the offset", (kind, make) => {
  const random = createRandom(1);
  const original = make();
  const below = (end: number): number => Math.floor(random() * end);
  const values = [0, 1, 0x7f, 0x80, 0xff];
  const said = Array.from({ length: MUTATIONS }, () => {
    const image = Buffer.from(original);
    for (let bytes = 1 + below(6); bytes > 0; bytes--) {
      // Most bytes of the Mach-O file are code, which is only hashed.
      const start = kind === "Mach-O" && random() < 0.5 ? SIGNATURE_AT : 4;
      const offset = start + below(Math.min(1024, image.length - start));
      image.writeUInt8(values[below(values.length)] ?? 0, offset);
    }
    return complaint(image);
  });
  expect(said.filter((line) => line !== undefined && !CLEAR.test(line))).toEqual([]);
  expect(said.filter(Boolean).length).toBeGreaterThan(MUTATIONS / 20);
});

function patched(image: Buffer, offset: number, value: number): Buffer {
  image.writeUInt32LE(value, offset);
  return image;
}

function patchedSignature(find: string, offset: number, value: number): Buffer {
  const image = tinyMachO();
  image.writeUInt32BE(value, image.indexOf(Buffer.from(find, "hex"), SIGNATURE_AT) + offset);
  return image;
}

test.each([
  ["a chain of versions without end", patched(tinyElf(), ELF.versions + 44, 0xffffffff)],
  ["a string table elsewhere", patched(tinyElf(), ELF.dynamic + 40, 5)],
  ["segments elsewhere", patched(tinyElf(), 36, 0x7fffffff)],
  ["a load command of no bytes", patched(tinyMachO(), 36, 0)],
  ["four billion load commands", patched(tinyMachO(), 16, 0xffffffff)],
  ["a magic number that is none", patchedSignature("fade0cc0", 0, 1)],
  ["four billion blobs", patchedSignature("fade0cc0", 8, 0xffffffff)],
  ["pages of one byte", patchedSignature("fade0c02", 36, 0x20020000)],
  ["an unknown hash", patchedSignature("fade0c02", 36, 0x2009000c)],
  ["resources elsewhere", patched(tinyPe({ A: "b" }), PE.tables + 16, 0xffff0000)],
  ["a part of a version that has no bytes", patched(tinyPe({ A: "b" }), PE.version, 0)],
  ["65,535 resources", patched(tinyPe({ A: "b" }), PE.resources + 12, 0xffff)],
])("%s is refused", (_, image) => {
  expect(complaint(image)).toMatch(CLEAR);
});

test.each([
  ["four billion hashes", patchedSignature("fade0c02", 28, 0xffffffff)],
  ["four gigabytes of pages", patchedSignature("fade0c02", 32, 0xffffffff)],
])("of %s only those are looked at that have both a hash and a page", (_, image) => {
  expect(complaint(image)).toBeUndefined();
});

test.each([
  ["a script", Buffer.from("#!/bin/sh\n"), `it starts with "23212f62"`],
  ["an empty file", new Uint8Array(), `it starts with ""`],
])("%s is no program", (_, content, said) => {
  expect(complaint(content)).toBe(`neither an ELF nor a Mach-O nor a PE file: ${said}`);
});
