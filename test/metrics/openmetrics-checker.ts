import {
  type Descriptor,
  type Exemplar,
  numberOf,
  openMetricsLines,
  type Sample,
} from "./openmetrics-lines.ts";

export interface OpenMetricsFamily {
  readonly name: string;
  readonly type: string;
  readonly samples: readonly Sample[];
}

/** What a family's samples may be called beyond its name. */
const SUFFIXES: Readonly<Record<string, readonly string[]>> = {
  counter: ["_total", "_created"],
  gauge: [""],
  histogram: ["_bucket", "_count", "_sum", "_created"],
  info: ["_info"],
  unknown: [""],
};
const RESERVED = Object.values(SUFFIXES).flat().filter(Boolean);
const WORDS = ["TYPE", "UNIT", "HELP"];

/**
 * Reads a page as the specification of OpenMetrics 1.0 demands it, "should" being "must" here.
 *
 * @throws Error for whatever it forbids
 */
export function checkOpenMetrics(page: string): OpenMetricsFamily[] {
  const families: { name: string; words: Descriptor[]; samples: Sample[] }[] = [];
  for (const line of openMetricsLines(page)) {
    let family = families.at(-1);
    if (line.word === undefined) {
      demand(family, `a sample without a family: ${line.name}`);
      family.samples.push(line);
      continue;
    }
    if (family?.name !== line.family) {
      demand(!families.some(({ name }) => name === line.family), `${line.family} comes twice`);
      families.push((family = { name: line.family, words: [], samples: [] }));
    }
    demand(family.samples.length === 0, `${line.family} is described after its samples`);
    family.words.push(line);
  }
  return families.map(({ name, words, samples }) => {
    const order = words.map(({ word }) => WORDS.indexOf(word));
    demand(
      order.every((at, index) => index === 0 || at > (order[index - 1] ?? 0)),
      `${name}: order`,
    );
    const textOf = (word: string): string => words.find((one) => one.word === word)?.text ?? "";
    const family = { name, type: textOf("TYPE"), samples };
    demand(textOf("UNIT") === "" || name.endsWith(`_${textOf("UNIT")}`), `${name}: unit`);
    demand(textOf("HELP") !== "", `${name} has no help`);
    checkFamily(family);
    return family;
  });
}

function checkFamily({ name, type, samples }: OpenMetricsFamily): void {
  const suffixes = SUFFIXES[type];
  demand(suffixes, `${name}: type ${type}`);
  demand(!RESERVED.some((suffix) => name.endsWith(suffix)), `${name} may clash`);
  const seen = new Set<string>();
  const metrics: string[] = [];
  for (const sample of samples) {
    const suffix = suffixes.find((one) => sample.name === name + one);
    demand(suffix !== undefined, `${sample.name} is no sample of ${name}`);
    const series = seriesOf(sample);
    demand(!seen.has(series), `twice ${series}`);
    seen.add(series);
    const metric = seriesOf({ ...sample, name }, type === "histogram");
    if (metrics.at(-1) !== metric) metrics.push(metric);
    demand(type !== "info" || sample.value === 1, `${series} is not 1`);
    demand(type === "gauge" || sample.value >= 0, `${series} is ${sample.value}`);
    demand(!sample.exemplar || ["_bucket", "_total"].includes(suffix), `exemplar at ${series}`);
    if (sample.exemplar) checkExemplar(sample.exemplar);
  }
  demand(new Set(metrics).size === metrics.length, `${name}: interleaved`);
  if (type !== "histogram") return;
  for (const metric of metrics) {
    checkHistogram(
      name,
      samples.filter((sample) => seriesOf({ ...sample, name }, true) === metric),
    );
  }
}

function checkHistogram(name: string, samples: readonly Sample[]): void {
  const buckets = samples.filter((sample) => sample.name === `${name}_bucket`);
  let below = { bound: -Infinity, value: 0 };
  for (const { labels, value, exemplar } of buckets) {
    const le = labels.get("le") ?? "";
    const bound = numberOf(le);
    demand(le === canonical(bound), `${name}: le="${le}"`);
    demand(bound > below.bound && value >= below.value, `${name}: order of buckets`);
    const at = exemplar?.value;
    demand(at === undefined || (at <= bound && at > below.bound), `${name}: ${at} is not in ${le}`);
    below = { bound, value };
  }
  demand(below.bound === Infinity, `${name}: no +Inf`);
  const valueOf = (suffix: string): number | undefined =>
    samples.find((sample) => sample.name === name + suffix)?.value;
  demand(valueOf("_count") === below.value, `${name}: count is not what +Inf has`);
  demand(valueOf("_sum") !== undefined, `${name}: no sum`);
}

/** "Canonical Numbers", for bounds from 0.0001 up to a million. */
function canonical(bound: number): string {
  if (bound === Infinity) return "+Inf";
  return Number.isInteger(bound) ? bound.toFixed(1) : String(bound);
}

function checkExemplar({ labels, timestamp }: Exemplar): void {
  const characters = [...labels].flat().join("").length;
  demand(characters <= 128, `an exemplar of ${characters} characters`);
  // Seconds, neither milliseconds nor what a test has made up.
  demand(timestamp && Math.abs(timestamp - Date.now() / 1000) < 3600, `timestamp ${timestamp}`);
}

/** A series' name and labels in one order, for histograms without the bound. */
function seriesOf({ name, labels }: Sample, withoutBound = false): string {
  const shown = [...labels].filter(([label]) => !(withoutBound && label === "le"));
  return name + JSON.stringify(Object.fromEntries(shown), [...labels.keys()].toSorted());
}

function demand(condition: unknown, complaint: string): asserts condition {
  if (!condition) throw new Error(complaint);
}
