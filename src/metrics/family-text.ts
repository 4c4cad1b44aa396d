import type { Exemplar, FamilyValues, Labels } from "./family-values.ts";
import type { PageFormat } from "./page-format.ts";

/** The lines of a family, without the last line end. */
export function familyText(family: FamilyValues, format: PageFormat): string {
  const open = format === "openmetrics";
  const lines = open ? openMetricsHead(family) : textHead(family);
  for (const { metricName = family.name, labels, sharedLabels, value, exemplar } of family.values) {
    const own = open ? openMetricsLabels(labels) : labelText(labels);
    const shared = sharedLabels === undefined ? "" : sharedText(sharedLabels);
    const both = own === "" || shared === "" ? own + shared : `${own},${shared}`;
    const line = `${metricName}${both === "" ? "" : `{${both}}`} ${numberText(value)}`;
    lines.push(open && exemplar ? `${line} # ${exemplarText(exemplar)}` : line);
  }
  return lines.join("\n");
}

function textHead({ name, help, type }: FamilyValues): string[] {
  return [`# HELP ${name} ${escaped(help)}`, `# TYPE ${name} ${type}`];
}

/** What a family is called without, as only its samples have it. */
const SUFFIXES: Readonly<Record<string, string>> = { counter: "_total", info: "_info" };

const UNITS = ["seconds", "bytes"];

function openMetricsHead({ name, help, type }: FamilyValues): string[] {
  const shown = type === "gauge" && name.endsWith("_info") ? "info" : type;
  const suffix = SUFFIXES[shown];
  const family =
    suffix !== undefined && name.endsWith(suffix) ? name.slice(0, -suffix.length) : name;
  const unit = UNITS.find((one) => family.endsWith(`_${one}`));
  return [
    `# TYPE ${family} ${shown}`,
    ...(unit === undefined ? [] : [`# UNIT ${family} ${unit}`]),
    `# HELP ${family} ${quoted(help)}`,
  ];
}

/**
 * A bound has to look like a float. JavaScript writes all others as OpenMetrics wants them
 * ("Canonical Numbers") from 0.0001 up to a million.
 */
function openMetricsLabels(labels: Labels): string {
  const { le } = labels;
  return typeof le === "number" && Number.isInteger(le) ? `le="${le}.0"` : labelText(labels);
}

function labelText(labels: Labels): string {
  return Object.entries(labels)
    .map(([name, value]) => `${name}="${typeof value === "string" ? quoted(value) : value}"`)
    .join(",");
}

/** Made once for a series, since its labels stay one object. */
const sharedTexts = new WeakMap<Labels, string>();

function sharedText(labels: Labels): string {
  let text = sharedTexts.get(labels);
  if (text === undefined) sharedTexts.set(labels, (text = labelText(labels)));
  return text;
}

function exemplarText({ labelSet, value, timestamp }: Exemplar): string {
  return `{${labelText(labelSet)}} ${numberText(value)} ${timestamp}`;
}

function numberText(value: number): string {
  if (Number.isFinite(value)) return String(value);
  if (Number.isNaN(value)) return "NaN";
  return value > 0 ? "+Inf" : "-Inf";
}

function escaped(text: string): string {
  return text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n");
}

function quoted(text: string): string {
  return escaped(text).replaceAll('"', '\\"');
}
