import { type Families, type Matcher, select, sum } from "./families.ts";
import { quantile } from "./quantile.ts";

/** Tokens that are generated in a second of generation; undefined where none was. */
export function generationSpeed(families: Families, of: Matcher = {}): number | undefined {
  const generation = { ...of, phase: "generation" };
  const tokens = sum(families, "ollama_phase_tokens_total", generation) ?? 0;
  const seconds = sum(families, "ollama_phase_seconds_total", generation) ?? 0;
  return seconds > 0 ? tokens / seconds : undefined;
}

/** Seconds to the first token of streamed answers. */
export function firstToken(q: number, families: Families, of?: Matcher): number | undefined {
  return quantile(q, select(families, "ollama_time_to_first_token_seconds_bucket", of));
}

/** Seconds that answers waited for their turn. */
export function queueing(q: number, families: Families): number | undefined {
  return quantile(q, select(families, "ollama_queue_duration_seconds_bucket"));
}
