import { expect, test } from "bun:test";
import { familyRows } from "../scripts/readme/family-rows.ts";
import { withFamilies } from "../scripts/readme/with-families.ts";
import { type Api, APIS } from "../src/apis.ts";
import { FLAGS } from "../src/cli/flags.ts";
import { findDialect } from "../src/dialects/all.ts";
import { FAILURE_REASONS } from "../src/exchange.ts";
import { createMetrics } from "../src/metrics/metrics.ts";
import { KIT_NAMES } from "../src/kit/names.ts";
import { alerts } from "./kit/alert-rules.ts";
import { filledMetrics } from "./support/filled-metrics.ts";

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

test("The README's table of metrics has every family of the page: bun run fix makes it so", async () => {
  expect(withFamilies(readme, familyRows())).toBe(readme);
  const { text } = await createMetrics({ runtime: "test", maxModels: 100 }).exposition();
  const families = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].filter(
    ([, name]) => !name!.startsWith("process_"),
  );
  const rows = table("name").map(([name, type]) => `${name} ${type}`);
  expect(rows).toEqual(families.map(([, name, type]) => `\`${name}\` ${type}`));
});

test("The README's table of metrics has the labels that the page shows, and each family's unit", async () => {
  const { text } = await filledMetrics().exposition();
  const labels = new Map<string, string>();
  for (const [, series = "", told = ""] of text.matchAll(/^(\w+)(?:\{(.+)\})? \S+$/gm)) {
    const names = [...told.matchAll(/(\w+)="/g)].map(([, name]) => name).filter((n) => n !== "le");
    labels.set(series.replace(/_(bucket|sum|count)$/, ""), names.join());
  }
  for (const [name = "", , listed = "", unit] of table("name")) {
    const family = name.replaceAll("`", "");
    expect([family, labels.get(family)]).toEqual([family, listed.replaceAll(/[` ]/g, "")]);
    const inName = /_(seconds|bytes|tokens)(_|$)/.test(family);
    expect([family, unit !== ""]).toEqual([family, inName]);
  }
});

test("The README's table of failures has every reason", () => {
  expect(table("`reason`").map(([reason]) => reason)).toEqual(
    FAILURE_REASONS.map((reason) => `\`${reason}\``),
  );
});

test("The README's table of APIs has each word of --observe and all that it measures", () => {
  const rows = table("`--observe`").map(([api = "", paths = ""]) => ({
    api: api.replaceAll("`", ""),
    paths: paths.replaceAll("`", "").split(", "),
  }));
  expect(rows.map(({ api }) => api)).toEqual([...APIS]);
  for (const { api, paths } of rows) {
    for (const path of paths) expect(findDialect("POST", path)?.api).toBe(api as Api);
  }
  expect(rows.flatMap(({ paths }) => paths).length).toBe(9);
});

test("The README's table of alerts has each alert and its severity", () => {
  expect(table("alert").map(([alert, severity]) => [alert, severity])).toEqual(
    alerts.map(({ alert, labels }) => [`\`${alert}\``, labels["severity"]]),
  );
});

test("The README names every file that print prints", () => {
  const [, list = ""] = /`ollama-exporter print NAME` prints .*?: ([^.]*)\./s.exec(readme) ?? [];
  expect([...list.matchAll(/`([^`]+)`/g)].map(([, name]) => name)).toEqual([...KIT_NAMES]);
});
