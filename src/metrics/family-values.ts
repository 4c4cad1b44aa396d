import type { Registry } from "prom-client";

/** A metric family as a page shows it, with the values of one moment. */
export interface FamilyValues {
  readonly name: string;
  readonly help: string;
  /** `counter`, `gauge` or `histogram`. */
  readonly type: string;
  readonly values: readonly SampleValue[];
}

interface SampleValue {
  readonly value: number;
  /** The family's name where it is absent. */
  readonly metricName?: string;
  readonly labels: Labels;
  /** What the samples of a histogram's series have in common; one object for them all. */
  readonly sharedLabels?: Labels;
  /** The latest of its bucket, though it came after this moment. */
  readonly exemplar?: Exemplar | null;
}

export type Labels = Readonly<Record<string, string | number>>;

export interface Exemplar {
  readonly labelSet: Labels;
  readonly value: number;
  /** Unix seconds. */
  readonly timestamp: number;
}

/** A family of a page. */
export interface PageFamily {
  /** Takes so long to read and to render that it should have a turn of the event loop to itself. */
  readonly large: boolean;
  /** Its values; read once, however often it is called. */
  values(): Promise<FamilyValues>;
}

/**
 * Reads all families of a registry: counters and gauges at this one moment, so that they add up, and
 * each histogram when it is called for, at one moment as well.
 */
export async function pageFamilies(registry: Registry): Promise<PageFamily[]> {
  const metrics = registry.getMetricsAsArray() as unknown as Metric[];
  const begun = await Promise.all(metrics.map(begin));
  // From here on nothing comes in between.
  return begun.map((family) => family());
}

/** A function that gives the family, as it is then. */
async function begin(metric: Metric): Promise<() => PageFamily> {
  if (isHistogram(metric)) return () => histogramFamily(metric);
  // It goes on changing these values.
  const live = await metric.get();
  return () => {
    const copy = Promise.resolve(copied(live));
    return { large: false, values: () => copy };
  };
}

function histogramFamily(histogram: Histogram): PageFamily {
  let values: Promise<FamilyValues> | undefined;
  return { large: true, values: () => (values ??= histogram.getForPromString()) };
}

/** A metric as the registry reads it. */
interface Metric {
  get(): Promise<FamilyValues>;
}

/** Which has a cheaper way, that prom-client's types hide. It is read before the promise is given. */
interface Histogram extends Metric {
  getForPromString(): Promise<FamilyValues>;
}

function isHistogram(metric: Metric): metric is Histogram {
  return "getForPromString" in metric;
}

function copied(live: FamilyValues): FamilyValues {
  return { ...live, values: live.values.map((value) => Object.assign({}, value)) };
}
