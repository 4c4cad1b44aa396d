import { escaped } from "../../messages/quoted.ts";
import type { OllamaState } from "../../ollama-state.ts";
import type { Checked } from "./report.ts";

const MOST_NAMED = 10;

/** Which models there are, and whether a scrape would find them. */
export function checkState({ loaded, installed, probes }: OllamaState): Checked[] {
  const failed = [...probes].filter(([, { success }]) => !success).map(([name]) => `/api/${name}`);
  const slowest = Math.max(0, ...[...probes.values()].map(({ seconds }) => seconds));
  const found =
    failed.length === 0
      ? `works: Ollama is asked in ${Math.ceil(slowest * 1000)} ms`
      : `fails in part: the answer of ${failed.join(", ")} cannot be read`;
  return [
    { what: "installed", found: namesOf(installed), ok: true },
    { what: "loaded", found: namesOf(loaded), ok: true },
    { what: "scraping", found, ok: failed.length === 0 },
  ];
}

/** The names are whatever somebody has given to a model. */
function namesOf(models: readonly { readonly model: string }[] | undefined): string {
  if (models === undefined) return "not told";
  if (models.length === 0) return "no model";
  const names = models.slice(0, MOST_NAMED).map(({ model }) => escaped(model));
  const rest = models.length - names.length;
  return names.join(", ") + (rest > 0 ? ` and ${rest} more` : "");
}
