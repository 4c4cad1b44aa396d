import { expect, test } from "bun:test";
import { readFile } from "node:fs/promises";
import { variablesOf } from "../../src/cli/environment.ts";
import { FLAGS } from "../../src/cli/flags.ts";
import { SETTINGS } from "./unit-file.ts";

const flags = Object.values(FLAGS);
const lines = (await readFile(SETTINGS, "utf8")).split("\n");

/** What each line would set, were it not commented out. */
const shown = lines.flatMap((line) => {
  const [, variable, value] = /^#(\w+)=(.*)$/.exec(line) ?? [];
  return variable === undefined || value === undefined ? [] : [[variable, value] as const];
});

test("the settings show the variable of every flag once, and no other", () => {
  expect(shown.map(([variable]) => variable)).toEqual(
    flags.map((flag) => variablesOf(flag)[0] ?? ""),
  );
});

test("the settings change nothing as they come", () => {
  expect(lines.filter((line) => line !== "" && !line.startsWith("#"))).toEqual([]);
});

test("the settings show each default, or an example that the program accepts", () => {
  const values = new Map(shown);
  for (const flag of flags) {
    const [variable = ""] = variablesOf(flag);
    const value = values.get(variable) ?? "";
    if (flag.default === undefined) expect(() => flag.parse(value, variable)).not.toThrow();
    else expect([variable, value]).toEqual([variable, flag.default]);
  }
});

test("the settings say which of them are no defaults", () => {
  const examples = lines.flatMap((line, at) => {
    return lines[at - 1]?.endsWith("No default; an example:") ? [line.slice(1).split("=")[0]] : [];
  });
  const without = flags.filter((flag) => flag.default === undefined);
  expect(examples).toEqual(without.map((flag) => variablesOf(flag)[0]));
});
