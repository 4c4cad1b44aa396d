import { createExpositionReader } from "../../src/page/browser/exposition.ts";
import type { Families } from "../../src/page/browser/families.ts";
import { NAMES } from "../../src/page/browser/names.ts";

/** What the page reads of a text. */
export function familiesOf(...lines: readonly string[]): Families {
  return createExpositionReader(NAMES)(lines.join("\n"));
}

/** Each series of a family with its value. */
export function valuesOf(families: Families, name: string): Record<string, number> {
  return Object.fromEntries((families.get(name) ?? []).map(({ series, value }) => [series, value]));
}

/** The lines of a model that was asked so often, whose answers took so long to begin. */
export function chatted(
  model: string,
  requests: number,
  buckets: Readonly<Record<string, number>> = {},
): string[] {
  const of = `model="${model}"`;
  return [
    `ollama_requests_total{${of}} ${requests}`,
    `ollama_responses_finished_total{${of},done_reason="stop"} ${requests}`,
    `ollama_phase_seconds_total{${of},phase="generation"} ${requests * 2}`,
    `ollama_phase_tokens_total{${of},phase="generation"} ${requests * 40}`,
    ...Object.entries(buckets).map(
      ([le, count]) => `ollama_time_to_first_token_seconds_bucket{${of},le="${le}"} ${count}`,
    ),
  ];
}
