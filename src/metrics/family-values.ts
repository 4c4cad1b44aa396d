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

/** Reads all families of a registry at one moment, so that they add up. */
export async function familyValues(registry: Registry): Promise<FamilyValues[]> {
  const metrics = registry.getMetricsAsArray() as unknown as Metric[];
  const reads = await Promise.all(metrics.map(begun));
  // From here on nothing comes in between: copies are made at once, and histograms are read before
  // they give their promise.
  return Promise.all(reads.map((read) => read()));
}

/** A metric as the registry reads it; a histogram has a cheaper way, which prom-client's types hide. */
interface Metric {
  get(): Promise<FamilyValues>;
  getForPromString?(): Promise<FamilyValues>;
}

/** A function that reads the metric at once. */
async function begun(metric: Metric): Promise<() => Promise<FamilyValues>> {
  const histogram = metric.getForPromString?.bind(metric);
  if (histogram) return histogram;
  // A counter gives the values that it goes on changing.
  const live = await metric.get();
  return () => Promise.resolve(copied(live));
}

function copied(live: FamilyValues): FamilyValues {
  return { ...live, values: live.values.map((value) => Object.assign({}, value)) };
}
