import { KIT } from "../../src/kit/kit.ts";

export interface Target {
  readonly refId: string;
  readonly expr: string;
  readonly legendFormat: string;
  readonly instant: boolean;
  readonly range: boolean;
}

export interface Panel {
  readonly id: number;
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: { readonly type: string; readonly uid: string };
  readonly gridPos: Readonly<Record<"x" | "y" | "w" | "h", number>>;
  readonly targets?: readonly Target[];
  readonly fieldConfig?: { readonly defaults: Readonly<Record<string, unknown>> };
  readonly options?: Readonly<Record<string, unknown>>;
}

interface Variable {
  readonly name: string;
  readonly type: string;
  readonly query: string | { readonly query: string };
  readonly datasource?: { readonly uid: string };
  readonly multi?: boolean;
  readonly includeAll?: boolean;
  readonly allValue?: string;
}

interface Dashboard {
  readonly id?: unknown;
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  readonly templating: { readonly list: readonly Variable[] };
  readonly panels: readonly Panel[];
}

export const dashboard: Dashboard = JSON.parse(KIT["grafana-dashboard"]);

/** All but the headings. */
export const panels: readonly Panel[] = dashboard.panels.filter(({ type }) => type !== "row");

/** Each query by its panel's title and its letter. */
export const queries: readonly (readonly [name: string, target: Target])[] = panels.flatMap(
  ({ title, targets = [] }) =>
    targets.map((target) => [`${title} ${target.refId}`, target] as const),
);

/** What one can choose from: the values that a label has in some series. */
export const choices = dashboard.templating.list.flatMap(({ name, query, allValue }) => {
  if (typeof query === "string") return [];
  const [, series = "", label = ""] = /^label_values\((.*), (\w+)\)$/.exec(query.query) ?? [];
  return [{ name, series, label, allValue }];
});

/** A query as Prometheus gets it, with everything chosen and rates over this long. */
export function filledIn(expression: string, range: string): string {
  return expression
    .replaceAll(/\$(?:job|instance|model)\b/g, ".*")
    .replaceAll(/\$__(?:rate_interval|range)\b/g, range);
}
