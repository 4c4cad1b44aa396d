import { expect, test } from "bun:test";
import { readMachO } from "../../scripts/inspect/mach-o.ts";
import { signatureFaults } from "../../scripts/inspect/signature-faults.ts";
import { type MachOOptions, PAGE_SIZE, SIGNATURE_AT, tinyMachO } from "./mach-o-image.ts";

const HARDENED = 0x10000;
const ALLOWING_JIT = "<key>com.apple.security.cs.allow-jit</key><true/>";

function faultsOf(image: Uint8Array): readonly string[] {
  return signatureFaults(readMachO(image).signature);
}

function flip(image: Buffer, ...offsets: readonly number[]): Buffer {
  for (const offset of offsets) image.writeUInt8(image.readUInt8(offset) ^ 1, offset);
  return image;
}

test.each<[string, MachOOptions]>([
  ["ad hoc", {}],
  ["ad hoc with two directories and an empty CMS", { hashes: ["sha1", "sha256"], cms: "nothing" }],
  [
    "by a certificate and hardened, with the JIT allowed",
    { flags: HARDENED, entitlements: ALLOWING_JIT, cms: "the directory" },
  ],
])("a signature %s is sound", (_, options) => {
  expect(faultsOf(tinyMachO(options))).toEqual([]);
});

test.each<[string, MachOOptions]>([
  ["without SHA-256", { hashes: ["sha1"] }],
  ["by a certificate for something else", { cms: "another directory" }],
  ["hardened without allowing the JIT", { flags: HARDENED }],
  ["not covering 2048 bytes before it", { codeLimit: SIGNATURE_AT - 2048 }],
])("a signature is not sound when it is %s", (fault, options) => {
  expect(faultsOf(tinyMachO(options))).toEqual([fault]);
});

test("a program that is not signed lacks a signature", () => {
  expect(signatureFaults(undefined)).toEqual(["missing"]);
});

test("stale pages are named, in runs", () => {
  const pages = [0, 2, 3].map((page) => page * PAGE_SIZE + 1000);
  expect(faultsOf(flip(tinyMachO(), ...pages))).toEqual(["stale on 3 of 4 pages (0, 2-3)"]);
});

test("entitlements that are not the signed ones are told apart from the pages", () => {
  const image = tinyMachO({ entitlements: ALLOWING_JIT });
  expect(faultsOf(flip(image, image.indexOf("true")))).toEqual(["stale on its entitlements"]);
});

test("bytes after the signature are counted", () => {
  const image = Buffer.concat([tinyMachO(), Buffer.from("abc")]);
  expect(faultsOf(image)).toEqual(["followed by 3 bytes"]);
});

test("hashes that are missing are counted", () => {
  const image = tinyMachO();
  const directory = image.indexOf(Buffer.from("fade0c02", "hex"));
  image.writeUInt32BE(3, directory + 28);
  expect(faultsOf(image)).toEqual(["with 3 hashes for 4 pages"]);
});
