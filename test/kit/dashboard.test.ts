import { describe, expect, test } from "bun:test";
import { choices, dashboard, type Panel, panels } from "./dashboard.ts";
import { pageSeries } from "./page-series.ts";
import { seriesNamed } from "./series-named.ts";

describe.each(panels.map((panel) => [panel.title, panel] as const))("The panel %s", (_, panel) => {
  test("It says what it shows and names the families that it is made of", () => {
    const { title, description = "", targets = [] } = panel;
    expect(title).toMatch(/^[A-Z]/);
    expect(description).toMatch(/\.$/);
    const families = targets
      .flatMap(({ expr }) => seriesNamed(expr))
      .map((name) => name.replace(/_(bucket|count|sum)$/, ""));
    const told = [...families].filter((name) => description.includes(`\`${name}\``));
    expect(told.length > 0 || description.includes("`ollama ")).toBe(true);
  });

  test("It has a unit, a word for when there is nothing, and asks the chosen Prometheus", () => {
    const { unit, noValue } = panel.fieldConfig?.defaults ?? {};
    expect(unit).toBeString();
    expect(noValue).toBeString();
    expect(unit).not.toBe("");
    expect(noValue).not.toBe("");
    expect(panel.datasource).toEqual({ type: "prometheus", uid: "${datasource}" });
    const letters = panel.targets?.map(({ refId }) => refId) ?? [];
    expect(letters).not.toEqual([]);
    expect(new Set(letters).size).toBe(letters.length);
  });

  test("Its lines have a legend", () => {
    if (panel.type !== "timeseries") return;
    expect(panel.options?.["legend"]).toMatchObject({ showLegend: true });
  });
});

test("Every panel has its own id and title, and its own place on the grid", () => {
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

test("The dashboard can be imported beside others and found again", () => {
  expect(dashboard).not.toHaveProperty("id");
  expect(dashboard.uid).toBe("ollama-exporter");
  expect(dashboard.title).toBe("Ollama");
});

test("One chooses the Prometheus, the job, the instance and the model", () => {
  const [source, ...others] = dashboard.templating.list;
  expect(source).toMatchObject({ name: "datasource", type: "datasource", query: "prometheus" });
  expect(others.map(({ name }) => name)).toEqual(["job", "instance", "model"]);
  for (const { datasource, multi, includeAll } of others) {
    expect([datasource?.uid, multi, includeAll]).toEqual(["${datasource}", true, true]);
  }
});

test("All jobs and instances are those that have an exporter, and nobody else's", async () => {
  const known = [...(await pageSeries()).keys()];
  const byName = new Map(choices.map((choice) => [choice.name, choice]));
  expect([...byName.keys()]).toEqual(["job", "instance", "model"]);
  for (const { name, label, series, allValue } of choices) {
    expect(label).toBe(name);
    expect(known).toContain(seriesNamed(series)[0]!);
    // `up` and `process_*` are everybody's, so that "all" must not mean whatever there is.
    expect(allValue).toBe(name === "model" ? ".*" : undefined);
  }
  expect(byName.get("job")?.series).toBe("ollama_exporter_build_info");
  expect(byName.get("instance")?.series).toBe('ollama_exporter_build_info{job=~"$job"}');
});
