import { Registry } from "prom-client";
import { buildInfo } from "./families/build-info.ts";
import { evalDuration } from "./families/eval-duration.ts";
import { linesSkipped } from "./families/lines-skipped.ts";
import { loadDuration } from "./families/load-duration.ts";
import { processFamilies } from "./families/process.ts";
import { promptEvalDuration } from "./families/prompt-eval-duration.ts";
import { requests } from "./families/requests.ts";
import { responseSeconds } from "./families/response-seconds.ts";
import { tokensGenerated } from "./families/tokens-generated.ts";
import { tokensPerSecond } from "./families/tokens-per-second.ts";
import { tokensProcessed } from "./families/tokens-processed.ts";
import type { About, CreateFamily, Family } from "./family.ts";
import { createModelLabels, type ModelLabels } from "./model-labels.ts";
import { createPage } from "./page.ts";

/** What the page shows, in its order; a new family is its file and its row. */
const FAMILIES: readonly CreateFamily[] = [
  requests,
  responseSeconds,
  loadDuration,
  promptEvalDuration,
  evalDuration,
  tokensProcessed,
  tokensGenerated,
  tokensPerSecond,
  linesSkipped,
  buildInfo,
  processFamilies,
];

export interface Metrics extends Required<Family> {
  /** The one maker of the label `model`. */
  readonly labels: ModelLabels;
  /** The page in Prometheus' text format, and its content type. */
  exposition(): Promise<{ text: string; contentType: string }>;
}

export function createMetrics(about: About): Metrics {
  const registry = new Registry();
  const page = createPage(registry);
  const families = FAMILIES.map((create) => create(registry, about));
  return {
    labels: createModelLabels(),
    arrived: (model) => families.forEach((family) => family.arrived?.(model)),
    answered: (model, answer) => families.forEach((family) => family.answered?.(model, answer)),
    skipped: (reason) => families.forEach((family) => family.skipped?.(reason)),
    exposition: async () => ({ text: await page(), contentType: registry.contentType }),
  };
}
