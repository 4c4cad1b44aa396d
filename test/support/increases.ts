import { type Found, query } from "./prometheus-query.ts";

/** Unix seconds of the last scrape that Prometheus has of a job. */
export async function lastScrape(url: string, job: string): Promise<number> {
  const { "": time = NaN } = await query(url, `max(timestamp(up{job="${job}"}))`);
  return time;
}

/**
 * What PromQL's `increase()` finds from the first scrape of a job to its last one, by these labels. It
 * is asked for the last scrape's very moment, since it makes up what may have come after it.
 */
export async function increases(
  url: string,
  job: string,
  { family, by = [] }: { readonly family: string; readonly by?: readonly string[] },
): Promise<Found> {
  const time = await lastScrape(url, job);
  const increase = `increase(${family}{job="${job}"}[1h])`;
  return rounded(await query(url, `sum by (${by.join()}) (${increase})`, time));
}

/** Without the last bits, which multiplying and dividing by the seconds of the range leaves. */
function rounded(found: Found): Found {
  return Object.fromEntries(
    Object.entries(found).map(([labels, value]) => [labels, Number(value.toFixed(6))]),
  );
}
