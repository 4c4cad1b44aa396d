import type { InstalledModel, LoadedModel, OllamaState } from "../ollama-state.ts";
import { OTHER } from "./model-labels.ts";

/**
 * The state with labels for names. Names that fold to one label are one model, the first; those
 * without a place are one as well, `other`, with their bytes added up and nothing else.
 */
export function labelledState(
  state: OllamaState,
  placeOf: (name: string) => string | undefined,
): OllamaState {
  const { loaded, installed, ...rest } = state;
  return {
    ...rest,
    ...(loaded && { loaded: labelled(loaded, placeOf, unplacedLoaded) }),
    ...(installed && { installed: labelled(installed, placeOf, unplacedInstalled) }),
  };
}

function labelled<Model extends { readonly model: string }>(
  models: readonly Model[],
  placeOf: (name: string) => string | undefined,
  together: (models: readonly Model[]) => Model,
): Model[] {
  const placed = new Map<string, Model>();
  const unplaced: Model[] = [];
  for (const one of models) {
    const model = placeOf(one.model);
    if (model === undefined) unplaced.push(one);
    else if (!placed.has(model)) placed.set(model, { ...one, model });
  }
  return unplaced.length === 0 ? [...placed.values()] : [...placed.values(), together(unplaced)];
}

function unplacedLoaded(models: readonly LoadedModel[]): LoadedModel {
  return {
    model: OTHER,
    sizeBytes: sum(models.map(({ sizeBytes }) => sizeBytes)),
    vramBytes: sum(models.map(({ vramBytes }) => vramBytes)),
  };
}

function unplacedInstalled(models: readonly InstalledModel[]): InstalledModel {
  return { model: OTHER, sizeBytes: sum(models.map(({ sizeBytes }) => sizeBytes)) };
}

function sum(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}
