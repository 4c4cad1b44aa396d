import { expect, test } from "bun:test";
import { FLAGS } from "../src/cli/flags.ts";
import { createMetrics } from "../src/metrics/metrics.ts";

const readme = await Bun.file(new URL("../README.md", import.meta.url)).text();

/** The cells of the table whose head begins with this cell, row by row. */
function table(head: string): string[][] {
  const lines = readme.split("\n");
  const start = lines.findIndex((line) => cellsOf(line)[0] === head) + 2;
  return lines.slice(start, lines.indexOf("", start)).map(cellsOf);
}

function cellsOf(line: string): string[] {
  return line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());
}

test("The README's table of flags has every flag, its variable and its default", () => {
  const rows = table("flag");
  expect(rows.length).toBe(Object.keys(FLAGS).length);
  for (const [i, { name, default: value }] of Object.values(FLAGS).entries()) {
    const [flag, variable, byDefault] = rows[i]!;
    expect(flag).toStartWith(`\`--${name}`);
    expect(variable).toStartWith(`\`OLLAMA_EXPORTER_${name.toUpperCase().replaceAll("-", "_")}\``);
    expect(byDefault).toBe(value === undefined ? "" : `\`${value}\``);
  }
});

test("The README's table of metrics has every family of the page, with its type", async () => {
  const { text } = await createMetrics({ runtime: "test" }).exposition();
  const families = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].filter(
    ([, name]) => !name!.startsWith("process_"),
  );
  const rows = table("name").map(([name, type]) => `${name} ${type}`);
  expect(rows).toEqual(families.map(([, name, type]) => `\`${name}\` ${type}`));
});
