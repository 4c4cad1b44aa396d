import { type Families, sumBy } from "./families.ts";

/** The models that were asked for, the busiest first. */
export function modelsOf(families: Families): string[] {
  const requests = sumBy(families, "ollama_requests_total", "model");
  // An answer that ends was asked for earlier.
  const finished = sumBy(families, "ollama_responses_finished_total", "model");
  for (const [model, count] of finished) requests.set(model, (requests.get(model) ?? 0) + count);
  return Array.from(requests)
    .filter(([, count]) => count > 0)
    .toSorted(([one, most], [other, count]) => count - most || (one < other ? -1 : 1))
    .map(([model]) => model);
}
