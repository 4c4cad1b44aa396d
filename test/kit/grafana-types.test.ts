import { expect, test } from "bun:test";
import { dashboard } from "./dashboard.ts";
import { unknownToGrafana } from "./grafana-types.ts";

/** Milliseconds; the compiler reads all of Grafana's types. */
const MOST_TIME = 60_000;

test(
  "Grafana's own types know every setting of the dashboard, which it would ignore in silence",
  async () => expect(await unknownToGrafana(dashboard)).toBe(""),
  MOST_TIME,
);

test.each([
  ["a setting that Grafana does not have", { legned: {} }, "legned"],
  ["a word that it does not know", { tooltip: { mode: "all" } }, '"all"'],
] as const)(
  "The check finds %s",
  async (_, wrong, named) => {
    const panel = dashboard.panels.find(({ type }) => type === "timeseries");
    const panels = [{ ...panel!, options: { ...panel!.options, ...wrong } }];
    expect(await unknownToGrafana({ ...dashboard, panels })).toContain(named);
  },
  MOST_TIME,
);
