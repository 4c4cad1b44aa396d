import { describe, expect, test as plainTest } from "bun:test";
import { testWith } from "../support/test-with.ts";
import { dashboard, filledIn, type Panel, panels, queries } from "./dashboard.ts";
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

describe.each(panels.map((panel) => [panel.title, panel] as const))("The panel %s", (_, panel) => {
  plainTest("It says what it shows and names the families that it is made of", () => {
    const { title, description = "", targets = [] } = panel;
    expect(title).toMatch(/^[A-Z]/);
    expect(description).toMatch(/\.$/);
    const families = targets
      .flatMap(({ expr }) => seriesNamed(expr))
      .map((name) => name.replace(/_(bucket|count|sum)$/, ""));
    const told = [...families].filter((name) => description.includes(`\`${name}\``));
    expect(told.length > 0 || description.includes("`ollama ")).toBe(true);
  });

  plainTest(
    "It has a unit, a word for when there is nothing, and asks the chosen Prometheus",
    () => {
      const { unit, noValue } = panel.fieldConfig?.defaults ?? {};
      expect(unit).toBeString();
      expect(noValue).toBeString();
      expect(unit).not.toBe("");
      expect(noValue).not.toBe("");
      expect(panel.datasource).toEqual({ type: "prometheus", uid: "${datasource}" });
      const letters = panel.targets?.map(({ refId }) => refId) ?? [];
      expect(letters).not.toEqual([]);
      expect(new Set(letters).size).toBe(letters.length);
    },
  );

  plainTest("Its lines have a legend", () => {
    if (panel.type !== "timeseries") return;
    expect(panel.options?.["legend"]).toMatchObject({ showLegend: true });
  });
});

plainTest("Every panel has its own id and title, and its own place on the grid", () => {
  const { panels: all } = dashboard;
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  expect(new Set(all.map(({ title }) => title)).size).toBe(all.length);
  const taken = new Map<string, string>();
  for (const { title, gridPos } of all) {
    expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
    for (const cell of cells(gridPos)) {
      expect([title, taken.get(cell)]).toEqual([title, undefined]);
      taken.set(cell, title);
    }
  }
});

function cells({ x, y, w, h }: Panel["gridPos"]): string[] {
  return Array.from({ length: w * h }, (_, i) => `${x + (i % w)} ${y + Math.floor(i / w)}`);
}

plainTest("The dashboard can be imported beside others and found again", () => {
  expect(dashboard).not.toHaveProperty("id");
  expect(dashboard.uid).toBe("ollama-exporter");
  expect(dashboard.title).toBe("Ollama");
});

plainTest("One chooses the Prometheus, the job, the instance and the model", () => {
  const [source, ...others] = dashboard.templating.list;
  expect(source).toMatchObject({ name: "datasource", type: "datasource", query: "prometheus" });
  expect(others.map(({ name }) => name)).toEqual(["job", "instance", "model"]);
  for (const { datasource, multi, includeAll } of others) {
    expect([datasource?.uid, multi, includeAll]).toEqual(["${datasource}", true, true]);
  }
});

plainTest("All jobs and instances are those that have an exporter, and nobody else's", () => {
  const byName = new Map(dashboard.templating.list.map((one) => [one.name, one]));
  for (const name of ["job", "instance"]) {
    const { query, allValue } = byName.get(name)!;
    expect((query as { query: string }).query).toContain("ollama_exporter_build_info");
    // `up` and `process_*` are everybody's.
    expect(allValue).toBeUndefined();
  }
  expect(byName.get("model")?.allValue).toBe(".*");
});

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
