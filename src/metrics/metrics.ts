import { Registry, type RegistryContentType } from "prom-client";
import type { OllamaState } from "../ollama-state.ts";
import { UNKNOWN } from "./canonical-name.ts";
import { FAMILIES } from "./families/all.ts";
import type { About, Family } from "./family.ts";
import { labelledState } from "./labelled-state.ts";
import { createModelLabels, OTHER } from "./model-labels.ts";
import { CONTENT_TYPES, pageFormat } from "./page-format.ts";
import { createPage } from "./page.ts";

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
