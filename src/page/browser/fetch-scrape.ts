import { createExpositionReader } from "./exposition.ts";
import { NAMES } from "./names.ts";
import type { Scrape } from "./scrape.ts";

/** Milliseconds; the exporter itself waits for Ollama no longer than two seconds. */
const PATIENCE_MS = 10_000;

/** The metrics page, or the status where the exporter did not give it; `foreign` if it is another's. */
export type Answer =
  | { readonly scrape: Scrape }
  | { readonly status: number }
  | { readonly foreign: true };

/** Gets the metrics page; rejects where nobody answers. */
export function createScraper(url: string): () => Promise<Answer> {
  const read = createExpositionReader(NAMES);
  return async () => {
    const answer = await fetch(url, {
      headers: { accept: "text/plain;version=0.0.4" },
      cache: "no-store",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const text = await answer.text();
    if (!answer.ok) return { status: answer.status };
    const families = read(text);
    if (!families.has("ollama_exporter_build_info")) return { foreign: true };
    const at = Date.now();
    const told = Date.parse(answer.headers.get("date") ?? "");
    return { scrape: { at, serverAt: Number.isNaN(told) ? at : told, families } };
  };
}
