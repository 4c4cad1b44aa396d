import { describe, expect, test as plainTest } from "bun:test";
import { testWith } from "../support/test-with.ts";
import { filledIn, queries } from "./dashboard.ts";
import { pageSeries } from "./page-series.ts";
import { promtool } from "./promtool.ts";
import { mayDivide } from "./quotients.ts";
import { seriesNamed } from "./series-named.ts";
import { temporaryFile } from "./temporary-file.ts";

const test = testWith("promtool");

test("promtool understands every query of the dashboard", async () => {
  const rules = queries.map(([, { expr }], i) => ({
    record: `query:${i}`,
    expr: filledIn(expr, "5m"),
  }));
  // JSON is YAML.
  const text = JSON.stringify({ groups: [{ name: "dashboard", rules }] });
  await using file = await temporaryFile("rules.json", text);
  const { code, output } = await promtool("check", "rules", file.path);
  expect(output).toContain(`${rules.length} rules found`);
  expect(code).toBe(0);
});

test("promtool tells a query that nobody understands", async () => {
  const text = '{"groups":[{"name":"dashboard","rules":[{"record":"a","expr":"sum(rate(up)"}]}]}';
  await using file = await temporaryFile("rules.json", text);
  expect((await promtool("check", "rules", file.path)).code).not.toBe(0);
});

describe.each(queries)("The query of %s", (_, { expr, legendFormat, instant, range, refId }) => {
  plainTest("It names only series of the page, filtered by what was chosen", async () => {
    const known = await pageSeries();
    expect(seriesNamed(expr)).not.toEqual([]);
    for (const name of seriesNamed(expr)) {
      expect([...known.keys()]).toContain(name);
      const chosen = known.get(name)?.includes("model")
        ? 'job=~"$job",instance=~"$instance",model=~"$model"'
        : 'job=~"$job",instance=~"$instance"';
      const selectors = expr.split(new RegExp(`\\b${name}\\b`)).slice(1);
      for (const rest of selectors)
        expect(rest).toMatch(new RegExp(`^${escaped(`{${chosen}`)}[,}]`));
    }
  });

  plainTest(
    "It takes rates over Grafana's interval, or at one moment over all that is shown",
    () => {
      const ranges = [...expr.matchAll(/\[([^\]]*)\]/g)].map(([, one]) => one);
      for (const one of ranges) expect(instant ? "$__range" : "$__rate_interval").toBe(one!);
      for (const name of seriesNamed(expr).filter((one) =>
        /_(total|bucket|count|sum)$/.test(one),
      )) {
        expect(expr).toMatch(new RegExp(`(?:rate|increase)\\(${name}\\{[^}]*\\}\\[`));
      }
    },
  );

  plainTest("It matches no integer bound, and divides only what belongs together", () => {
    expect(expr).not.toMatch(/le=~?"\d+(?:\.0)?"/);
    if (expr.includes(" / ")) expect(mayDivide(seriesNamed(expr))).toBe(true);
  });

  plainTest("It has a legend, and is asked for a range or for a moment", () => {
    expect(legendFormat).not.toBe("");
    expect(refId).toMatch(/^[A-Z]$/);
    expect(range).toBe(!instant);
  });
});

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
