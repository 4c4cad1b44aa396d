const order = new Intl.Collator("en", { numeric: true });

/** Whether a version is above another: 2.17 is above 2.3.4, and a word above every number. */
export function isNewer(version: string, other: string): boolean {
  return order.compare(version, other) > 0;
}

/** The newest glibc that symbols are wanted of: `2.17` for `GLIBC_2.17`; undefined if of none. */
export function newestGlibc(symbolVersions: readonly string[]): string | undefined {
  return symbolVersions
    .filter((name) => name.startsWith("GLIBC_"))
    .map((name) => name.slice("GLIBC_".length))
    .toSorted(order.compare)
    .at(-1);
}
