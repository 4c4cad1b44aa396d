import { Registry, type RegistryContentType } from "prom-client";
import type { OllamaState } from "../ollama-state.ts";
import { UNKNOWN } from "./canonical-name.ts";
import { buildInfo } from "./families/build-info.ts";
import { evalDuration } from "./families/eval-duration.ts";
import { installedModelInfo } from "./families/installed-model-info.ts";
import { installedModelSize } from "./families/installed-model-size.ts";
import { linesSkipped } from "./families/lines-skipped.ts";
import { loadDuration } from "./families/load-duration.ts";
import { loadedModelContext } from "./families/loaded-model-context.ts";
import { loadedModelExpiry } from "./families/loaded-model-expiry.ts";
import { loadedModelSize } from "./families/loaded-model-size.ts";
import { loadedModelVram } from "./families/loaded-model-vram.ts";
import { modelOverflow } from "./families/model-overflow.ts";
import { phases } from "./families/phases.ts";
import { probeDuration } from "./families/probe-duration.ts";
import { probeSuccess } from "./families/probe-success.ts";
import { processFamilies } from "./families/process.ts";
import { promptCachedTokens } from "./families/prompt-cached-tokens.ts";
import { promptEvalDuration } from "./families/prompt-eval-duration.ts";
import { queueDuration } from "./families/queue-duration.ts";
import { requestFailures } from "./families/request-failures.ts";
import { requestsInFlight } from "./families/requests-in-flight.ts";
import { requests } from "./families/requests.ts";
import { responseSeconds } from "./families/response-seconds.ts";
import { responsesFinished } from "./families/responses-finished.ts";
import { responsesWithoutUsage } from "./families/responses-without-usage.ts";
import { timePerOutputToken } from "./families/time-per-output-token.ts";
import { timeToFirstToken } from "./families/time-to-first-token.ts";
import { tokensGenerated } from "./families/tokens-generated.ts";
import { tokensPerSecond } from "./families/tokens-per-second.ts";
import { tokensProcessed } from "./families/tokens-processed.ts";
import { ollamaUp } from "./families/up.ts";
import { unmeasuredRequests } from "./families/unmeasured-requests.ts";
import { versionInfo } from "./families/version-info.ts";
import type { About, CreateFamily, Family } from "./family.ts";
import { labelledState } from "./labelled-state.ts";
import { createModelLabels, OTHER } from "./model-labels.ts";
import { CONTENT_TYPES, pageFormat } from "./page-format.ts";
import { createPage } from "./page.ts";

/** What the page shows, in its order; a new family is its file and its row. */
export const FAMILIES: readonly CreateFamily[] = [
  requests,
  responsesFinished,
  requestFailures,
  requestsInFlight,
  responseSeconds,
  timeToFirstToken,
  timePerOutputToken,
  queueDuration,
  loadDuration,
  promptEvalDuration,
  evalDuration,
  tokensProcessed,
  promptCachedTokens,
  tokensGenerated,
  tokensPerSecond,
  responsesWithoutUsage,
  phases,
  ollamaUp,
  probeSuccess,
  probeDuration,
  versionInfo,
  loadedModelSize,
  loadedModelVram,
  loadedModelExpiry,
  loadedModelContext,
  installedModelSize,
  installedModelInfo,
  unmeasuredRequests,
  modelOverflow,
  linesSkipped,
  buildInfo,
  processFamilies,
];

type Told = Required<Pick<Family, "firstToken" | "answered" | "skipped" | "unmeasured">>;

export interface Metrics extends Told {
  /** A measured request has arrived. Gives its label, for the model that it names. */
  arrived(name: string | undefined): string;
  /** Ollama has answered a request for this name with 200. */
  served(name: string | undefined): void;
  /** What became of a request; told exactly once for each that arrived. */
  ended: Required<Family>["ended"];
  /** What Ollama says of itself, with the names that it has. */
  observed(state: OllamaState): void;
  /** The page and its content type, in the format that suits an `Accept`. */
  exposition(accept?: string | null): Promise<{ text: string; contentType: string }>;
}

export interface MetricsOptions extends About {
  /** Models that have series for good. */
  readonly maxModels: number;
  /** Milliseconds on a clock that never goes back. */
  now?(): number;
}

export function createMetrics(options: MetricsOptions): Metrics {
  // Only such a registry takes exemplars; which format a page has is the page's matter.
  const registry = new Registry();
  (registry as Registry<RegistryContentType>).setContentType(Registry.OPENMETRICS_CONTENT_TYPE);
  const page = createPage(registry);
  const families = FAMILIES.map((create) => create(registry, options));
  const tell = <Event extends keyof Family>(
    event: Event,
    ...told: Parameters<Required<Family>[Event]>
  ): void => {
    for (const family of families) {
      (family[event] as ((...args: typeof told) => void) | undefined)?.(...told);
    }
  };

  const begun = new Set<string>();
  const labels = createModelLabels({
    ...(options.now && { now: options.now }),
    most: options.maxModels,
    onOverflow: () => tell("overflowed"),
    onForget(label) {
      begun.delete(label);
      tell("forgotten", label);
    },
  });

  return {
    arrived(name) {
      const model = labels.arrived(name);
      if (!begun.has(model)) {
        begun.add(model);
        tell("begun", model);
      }
      tell("arrived", model);
      return model;
    },
    served: labels.served,
    firstToken: (...told) => tell("firstToken", ...told),
    answered: (...told) => tell("answered", ...told),
    ended(model, outcome) {
      tell("ended", model, outcome);
      labels.ended(model);
    },
    skipped: (reason) => tell("skipped", reason),
    unmeasured: (api) => tell("unmeasured", api),
    observed(state) {
      const names = [...(state.loaded ?? []), ...(state.installed ?? [])].map(({ model }) => model);
      if (state.installed) {
        // Those without a place of their own: a crowd of new names has to show as well.
        const own = labels.installed(names);
        for (const label of [OTHER, UNKNOWN, ...own]) tell("installed", label);
      } else {
        for (const name of names) labels.served(name);
      }
      tell("observed", labelledState(state, labels.placeOf));
    },
    async exposition(accept) {
      labels.sweep();
      const format = pageFormat(accept);
      return { text: await page(format), contentType: CONTENT_TYPES[format] };
    },
  };
}
