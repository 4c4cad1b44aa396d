import { expect, test } from "bun:test";
import { type ProgramFacts, readProgram } from "../../scripts/inspect/program.ts";
import { signatureFaults } from "../../scripts/inspect/signature-faults.ts";

const FORMATS: Partial<Record<NodeJS.Platform, ProgramFacts["format"]>> = {
  linux: "ELF",
  darwin: "Mach-O",
  win32: "PE",
};

const facts = readProgram(await Bun.file(process.execPath).bytes());

test("the Bun that runs this is a program for this machine", () => {
  expect(facts).toMatchObject({ format: FORMATS[process.platform], machine: process.arch });
  expect(facts.libraries).not.toBeEmpty();
});

test("the Bun that runs this is soundly signed, if it is for macOS", () => {
  expect(facts.format === "Mach-O" ? signatureFaults(facts.signature) : []).toEqual([]);
});
