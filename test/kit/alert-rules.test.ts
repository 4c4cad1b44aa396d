import { describe, expect, test as plainTest } from "bun:test";
import { readdir } from "node:fs/promises";
import { KIT } from "../../src/kit/kit.ts";
import { testWith } from "../support/test-with.ts";
import { alerts, casesOf, testFile } from "./alert-rules.ts";
import { dashboard } from "./dashboard.ts";
import { pageSeries } from "./page-series.ts";
import { promtool } from "./promtool.ts";
import { mayDivide } from "./quotients.ts";
import { seriesNamed } from "./series-named.ts";
import { temporaryFile } from "./temporary-file.ts";

const test = testWith("promtool");

test("promtool understands the alert rules as they are printed", async () => {
  await using file = await temporaryFile("ollama.yml", KIT["alert-rules"]);
  const { code, output } = await promtool("check", "rules", file.path);
  expect(output).toContain(`${alerts.length} rules found`);
  expect(code).toBe(0);
});

describe.each(alerts.map((alert) => [alert.alert, alert] as const))("%s", (name, rule) => {
  test("It fires when it has to, with these words, and is silent otherwise", async () => {
    const { code, output } = await promtool("test", "rules", testFile(name));
    expect(output).toContain("SUCCESS");
    expect(code).toBe(0);
  });

  plainTest(
    "It has a test in which it fires and one, of the same series, in which it is silent",
    async () => {
      const cases = await casesOf(name);
      expect(cases.map(({ fires }) => fires)).toEqual([true, false]);
      for (const { series } of cases) {
        for (const one of seriesNamed(rule.expr)) expect(series).toContain(one);
      }
    },
  );

  plainTest(
    "It names only series of the page, and divides only what belongs together",
    async () => {
      const known = [...(await pageSeries()).keys()];
      const named = seriesNamed(rule.expr);
      expect(named).not.toEqual([]);
      for (const one of named) expect(known).toContain(one);
      if (/\s\/ /.test(rule.expr)) expect(mayDivide(named)).toBe(true);
      expect(rule.expr).not.toMatch(/le=~?"\d+(?:\.0)?"/);
    },
  );

  plainTest("It says how grave it is, what has happened, where, and what to do", () => {
    expect(["critical", "warning", "info"]).toContain(rule.labels["severity"] ?? "");
    const { summary = "", description = "", runbook = "", ...others } = rule.annotations;
    expect(others).toEqual({});
    expect(summary).toContain("{{ $labels.instance }}");
    expect(summary).not.toMatch(/\.$/);
    expect(description).toContain("{{ $labels.instance }}");
    for (const text of [description, runbook]) expect(text).toMatch(/^\S.*\.$/);
  });

  plainTest("What it refers to is there", () => {
    const texts = Object.values(rule.annotations).join(" ");
    const titles = dashboard.panels.map(({ title }) => title);
    for (const [, title = ""] of texts.matchAll(/"([^"]+)" in the dashboard/g)) {
      expect(titles).toContain(title);
    }
    for (const [other] of texts.matchAll(/\bOllama[A-Z]\w+/g)) {
      expect(alerts.map(({ alert }) => alert)).toContain(other);
    }
  });
});

plainTest("Every test of an alert has its alert", async () => {
  const files = await readdir(`${import.meta.dir}/alerts`);
  const wanted = alerts.map(({ alert }) => testFile(alert).split("/").at(-1) ?? "");
  expect(files.toSorted()).toEqual(wanted.toSorted());
  expect(new Set(wanted).size).toBe(alerts.length);
});
