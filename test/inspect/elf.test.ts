import { expect, test } from "bun:test";
import { readElf } from "../../scripts/inspect/elf.ts";
import { tinyElf } from "./elf-image.ts";

test("an ELF program tells its machine, interpreter, libraries and the versions it wants of them", () => {
  expect(readElf(tinyElf())).toEqual({
    format: "ELF",
    machine: "x64",
    interpreter: "/lib64/ld-linux-x86-64.so.2",
    libraries: ["libc.so.6", "libm.so.6"],
    symbolVersions: ["GLIBC_2.2.5", "GLIBC_2.17", "GLIBC_2.4"],
  });
});

test("an ELF program for another machine is told by its number", () => {
  const image = tinyElf();
  image.writeUInt16LE(0xf3, 18);
  expect(readElf(image).machine).toBe("machine 243");
});

test("an ELF program without a dynamic segment needs no library", () => {
  const image = tinyElf();
  image.writeUInt16LE(2, 56);
  expect(readElf(image)).toMatchObject({ libraries: [], symbolVersions: [] });
});
