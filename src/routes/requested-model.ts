import type { ModelFinder } from "../dialects/model-finder.ts";
import type { Held } from "../proxy/hold.ts";

/** Bytes of a body that is parsed in full; a larger one would keep other streams waiting. */
const MOST_PARSED = 64 * 1024;

/**
 * The model that a request asks for; undefined if it names none or its body is no JSON. Of a body
 * that is still coming, only what came before the model has been seen.
 */
export function requestedModel(held: Held, finder: ModelFinder): string | undefined {
  if (held.how === "enough") return finder.model;
  if (held.how !== "all" || finder.length === undefined) return undefined;
  const [only] = held.chunks;
  const small = held.chunks.length === 1 && finder.length <= MOST_PARSED;
  return small && !parses(only?.subarray(0, finder.length)) ? undefined : finder.model;
}

/** Ollama, too, stops reading at the object's end. */
function parses(json: Uint8Array | undefined): boolean {
  try {
    JSON.parse(new TextDecoder().decode(json));
    return true;
  } catch {
    return false;
  }
}
