import { type ElfFacts, readElf } from "./elf.ts";
import { type MachOFacts, readMachO } from "./mach-o.ts";
import { type PeFacts, readPe } from "./pe.ts";

export type ProgramFacts = ElfFacts | MachOFacts | PeFacts;

/** By the first bytes of a file, in hexadecimal. */
const READERS = [
  { magic: "7f454c46", read: readElf },
  { magic: "cffaedfe", read: readMachO },
  { magic: "4d5a", read: readPe },
] as const;

/** Reads what a program says of itself, without running it. Throws if it is none. */
export function readProgram(content: Uint8Array): ProgramFacts {
  const start = Buffer.from(content.subarray(0, 4)).toString("hex");
  const reader = READERS.find(({ magic }) => start.startsWith(magic));
  if (reader === undefined) {
    throw new Error(`neither an ELF nor a Mach-O nor a PE file: it starts with "${start}"`);
  }
  return reader.read(content);
}
