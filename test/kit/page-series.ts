import { parseExposition } from "../support/exposition.ts";
import { fullPage } from "../support/full-page.ts";

/** The labels of every series that a query can name: those of the page, and Prometheus's own of a scrape. */
export async function pageSeries(): Promise<ReadonlyMap<string, readonly string[]>> {
  const series = new Map<string, readonly string[]>([["up", []]]);
  for (const one of parseExposition(await fullPage()).keys()) {
    const [name = "", labels = ""] = one.split("{");
    series.set(
      name,
      [...labels.matchAll(/(\w+)="/g)].map(([, label = ""]) => label),
    );
  }
  return series;
}
