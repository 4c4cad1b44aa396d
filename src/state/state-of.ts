import { type OllamaState, PROBED_ENDPOINTS, type ProbedEndpoint } from "../ollama-state.ts";
import type { Found } from "./probe.ts";

interface Probed {
  readonly success: boolean;
  readonly seconds: number;
}

/**
 * The state that the last questions tell of. One that is still under way counts as failed; of an
 * Ollama that is not up nothing is told.
 */
export function stateOf(last: Found, up: boolean, now: number): OllamaState {
  const probes: Map<ProbedEndpoint, Probed> = new Map();
  for (const endpoint of PROBED_ENDPOINTS) {
    const question = last[endpoint];
    if (question === undefined) continue;
    const { askedAt, took = now - askedAt, value } = question;
    probes.set(endpoint, { success: value !== undefined, seconds: took / 1000 });
  }
  if (!up) return { up, probes };
  const { ps, tags, version } = last;
  return {
    up,
    probes,
    ...(version?.value !== undefined && { version: version.value }),
    ...(ps?.value && { loaded: ps.value }),
    ...(tags?.value && { installed: tags.value }),
  };
}
