import type { InstalledModel, LoadedModel } from "../ollama-state.ts";
import { installedModels } from "./installed-models.ts";
import { loadedModels } from "./loaded-models.ts";
import { ask, type Asking, type Question } from "./question.ts";
import { toldVersion } from "./told-version.ts";

/** What a probe has found out so far. A question is absent that is not asked. */
export interface Found {
  ps?: Question<readonly LoadedModel[]>;
  tags?: Question<readonly InstalledModel[]>;
  version?: Question<string>;
}

export interface ProbeOptions extends Asking {
  /** What is asked besides `/api/ps`. */
  readonly tags: boolean;
  readonly version: boolean;
  /** Resolves when `/api/ps` counts as silent. */
  readonly silent: Promise<void>;
}

/**
 * Asks Ollama for its state. Where `/api/ps` fails or is silent, as while an MLX model is loaded, the
 * version tells whether Ollama is there. Resolves when all is known; never rejects.
 */
export async function probe(
  found: Found,
  { tags, version, silent, ...asking }: ProbeOptions,
): Promise<void> {
  const begin = <Value>(): Question<Value> => ({ askedAt: asking.now(), answered: false });
  const ps = (found.ps = begin());
  const psAsked = ask(ps, "/api/ps", loadedModels, asking);
  const asked = [psAsked];
  if (tags) asked.push(ask((found.tags = begin()), "/api/tags", installedModels, asking));

  if (!version) await Promise.race([psAsked, silent]);
  if (version || (ps.value === undefined && !asking.signal.aborted)) {
    asked.push(ask((found.version = begin()), "/api/version", toldVersion, asking));
  }
  await Promise.all(asked);
}
