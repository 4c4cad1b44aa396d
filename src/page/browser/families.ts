/** One sample of the metrics page. */
export interface Sample {
  /** As the page writes it, name and labels together: the same series is the same text. */
  readonly series: string;
  readonly labels: ReadonlyMap<string, string>;
  readonly value: number;
}

/** Samples by the name of their series. */
export type Families = ReadonlyMap<string, readonly Sample[]>;

/** What labels must be; a label that is not named may be anything. */
export type Matcher = Readonly<Record<string, string>>;

export function select(families: Families, name: string, matcher: Matcher = {}): Sample[] {
  const wanted = Object.entries(matcher);
  return (families.get(name) ?? []).filter(({ labels }) =>
    wanted.every(([label, value]) => labels.get(label) === value),
  );
}

/** The sum; undefined where there is no sample at all. */
export function sum(families: Families, name: string, matcher?: Matcher): number | undefined {
  const samples = select(families, name, matcher);
  if (samples.length === 0) return undefined;
  return samples.reduce((total, { value }) => total + value, 0);
}

/** Sums by the value of a label, in the order of the page. */
export function sumBy(families: Families, name: string, label: string): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { labels, value } of families.get(name) ?? []) {
    const key = labels.get(label) ?? "";
    sums.set(key, (sums.get(key) ?? 0) + value);
  }
  return sums;
}
