import { Registry, type RegistryContentType } from "prom-client";
import { FAMILIES } from "../../src/metrics/families/all.ts";

/** A metric family as the README's table has it. */
export interface FamilyRow {
  readonly name: string;
  readonly type: string;
  readonly labels: readonly string[];
  readonly unit: string;
  readonly help: string;
}

/** The exporter's families in the page's order, without the `process_*` ones. */
export function familyRows(): FamilyRow[] {
  const registry = new Registry();
  (registry as Registry<RegistryContentType>).setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  for (const create of FAMILIES) create(registry, { runtime: "" });
  const families = registry.getMetricsAsArray() as unknown as Registered[];
  return families
    .filter(({ name }) => !name.startsWith("process_"))
    .map(({ name, type, labelNames, help }) => ({
      name,
      type,
      labels: labelNames,
      unit: unitOf(name),
      help,
    }));
}

/** What prom-client's types hide. */
interface Registered {
  readonly name: string;
  readonly type: string;
  readonly labelNames: readonly string[];
  readonly help: string;
}

/** As the name says it, which is the rule for names. */
const UNITS = [
  [/_timestamp_seconds$/, "Unix time"],
  [/_tokens_per_second$/, "tokens/s"],
  [/_seconds(_total)?$/, "seconds"],
  [/_bytes$/, "bytes"],
  [/_tokens_/, "tokens"],
  [/_tokens$/, "tokens"],
] as const;

function unitOf(name: string): string {
  return UNITS.find(([pattern]) => pattern.test(name))?.[1] ?? "";
}
