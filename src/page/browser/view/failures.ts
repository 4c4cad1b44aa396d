import { sumBy } from "../families.ts";
import { count } from "./format.ts";
import { tableOf } from "./table.ts";
import type { View } from "./view.ts";

const NAME = "ollama_request_failures_total";

const MEANINGS = new Map([
  ["client_abort", "the client left before the end"],
  ["upstream_unreachable", "Ollama did not answer"],
  ["upstream_4xx", "Ollama refused it: no such model, a wrong request"],
  ["upstream_5xx", "Ollama failed: queue full, model not loaded, runner died"],
  ["unexpected_status", "neither 200 nor an error"],
  ["stream_error", "the answer began and then failed"],
  ["truncated", "the answer was cut"],
]);

/** What failed and why. */
export function failures(): View {
  const table = tableOf("failures");
  return ({ scrape: { families }, lately }) => {
    const recent = lately && sumBy(lately, NAME, "reason");
    const rows = [...sumBy(families, NAME, "reason")]
      .filter(([, failed]) => failed > 0)
      .toSorted(([, one], [, other]) => other - one)
      .map(([reason, failed]) => [
        { text: reason, more: MEANINGS.get(reason) ?? "" },
        recent ? count(recent.get(reason) ?? 0) : count(undefined),
        count(failed),
      ]);
    table.draw(rows, "None since the start.");
  };
}
