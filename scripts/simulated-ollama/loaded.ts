import type { Model } from "./model.ts";
import type { Simulation } from "./simulation.ts";
import { spend } from "./spend.ts";

/** A model in memory. */
export interface Loaded {
  readonly model: Model;
  /** Unix milliseconds. */
  readonly expiresAt: number;
}

/** Even a loaded model takes this long in the recordings: milliseconds of `load_duration`. */
const WARM_LOAD = 100;
/** Go's longest duration, which stands for "never": milliseconds. */
const FOR_EVER = 9_223_372_036_854;

/** Those whose time is not over, the one that stays longest first. */
export function loadedModels(simulation: Simulation): Loaded[] {
  for (const [digest, loaded] of simulation.loaded)
    if (loaded.expiresAt <= Date.now()) simulation.loaded.delete(digest);
  return [...simulation.loaded.values()].toSorted((a, b) => b.expiresAt - a.expiresAt);
}

/** Loads the model, silently, and returns the nanoseconds it took. `jitter` is around 1. */
export async function load(
  simulation: Simulation,
  model: Model,
  keepAlive: number,
  jitter: number,
  signal: AbortSignal,
): Promise<number> {
  const warm = loadedModels(simulation).some((loaded) => loaded.model.digest === model.digest);
  const time = (warm ? WARM_LOAD : model.speed.coldLoad) * jitter;
  const duration = await spend(time, simulation.pace, signal);
  // A keep_alive of 0 unloads at the end of the answer, not before it.
  keep(simulation, model, keepAlive === 0 ? FOR_EVER : keepAlive);
  return duration;
}

/** Keeps the model in memory for this many milliseconds from now on; 0 unloads it. */
export function keep(simulation: Simulation, model: Model, keepAlive: number): void {
  const time = Math.min(keepAlive, FOR_EVER);
  // A runner keeps the name under which it was started.
  const first = simulation.loaded.get(model.digest)?.model ?? model;
  if (time === 0) simulation.loaded.delete(model.digest);
  else simulation.loaded.set(model.digest, { model: first, expiresAt: Date.now() + time });
}
