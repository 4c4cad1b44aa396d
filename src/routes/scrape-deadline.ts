/** The most that a page waits for Ollama. */
const MOST_MS = 2000;
const LEAST_MS = 100;

/** What rendering and the way back may take of a scrape's own limit. */
const RESERVE_MS = 500;

/** Milliseconds for asking Ollama, by the `X-Prometheus-Scrape-Timeout-Seconds` of a scrape. */
export function scrapeDeadline(timeout: string | null): number {
  if (timeout === null || !/^\d+(?:\.\d+)?$/.test(timeout)) return MOST_MS;
  return Math.min(MOST_MS, Math.max(LEAST_MS, Math.round(Number(timeout) * 1000) - RESERVE_MS));
}
