import { expect, test } from "bun:test";
import { homebrewFormula } from "../../scripts/render/homebrew-formula.ts";
import { PROJECT } from "../../scripts/build/project.ts";
import { archiveName } from "../../scripts/pack/names.ts";
import { FORK, madeUpChecksums } from "./made-up.ts";

test.each(["darwin_arm64", "darwin_x64", "linux_arm64", "linux_x64-baseline"] as const)(
  "A release without %s has no formula, and the error names the archive",
  (name) => {
    const [os] = name.split("_") as ["darwin" | "linux"];
    expect(() => homebrewFormula(madeUpChecksums(name))).toThrow(archiveName({ name, os }));
  },
);

test("A formula needs no archive that it does not install", () => {
  const others = madeUpChecksums("linux_x64", "linux_x64-musl", "linux_arm64-musl", "windows_x64");
  expect(homebrewFormula(others)).toBe(homebrewFormula(madeUpChecksums()));
});

test("A fork's formula has the fork's address and no other", () => {
  const formula = homebrewFormula(madeUpChecksums(), FORK);
  expect(formula).toContain(`homepage "${FORK.home}"`);
  const addresses = [...formula.matchAll(/https:\/\/[^"]+/g)].map(([address]) => address);
  expect(addresses).toHaveLength(5);
  for (const address of addresses) expect(address).toStartWith(FORK.home);
});

test("The description is one that brew style accepts", () => {
  const [, desc = ""] = /^ {2}desc "(.*)"$/m.exec(homebrewFormula(madeUpChecksums())) ?? [];
  expect(desc.length).toBeLessThanOrEqual(80);
  expect(desc).toMatch(/^(?!(an?|the) )[A-Z].*[^.]$/i);
  expect(desc.toLowerCase()).not.toStartWith(PROJECT.name);
});

test("Nothing in a description is Ruby", () => {
  const description = 'The "best" #{exit} #$0 proxy.';
  const formula = homebrewFormula(madeUpChecksums(), { ...PROJECT, description });
  expect(formula).toContain(String.raw`  desc "\"best\" \#{exit} \#$0 proxy"`);
});

test("The parts of a formula stand in the order that brew style wants", () => {
  const parts = homebrewFormula(madeUpChecksums()).match(/^ {2}(?!end)(?:def )?\w+/gm);
  expect(parts?.map((part) => part.trim()).join(", ")).toBe(
    "desc, homepage, version, license, livecheck, on_macos, on_linux, " +
      "def install, def caveats, service, test",
  );
});

test("No line of a formula is longer than brew style allows, addresses aside", () => {
  const lines = homebrewFormula(madeUpChecksums()).split("\n");
  const long = lines.filter((line) => line.length > 118 && !line.includes(' url "'));
  expect(long).toEqual([]);
});
