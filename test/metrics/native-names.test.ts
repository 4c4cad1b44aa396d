import { describe, expect, test } from "bun:test";
import { parseExposition } from "../support/exposition.ts";
import { fullPage } from "../support/full-page.ts";

/**
 * Names that pull requests to Ollama give to metrics of its own, and what we do about each: `avoided`,
 * the type where ours means the same and has the label `model` alone, or `promised` where the name is
 * older than theirs and one of the eight families that never change.
 */
const NATIVE = {
  // https://github.com/ollama/ollama/pull/18508
  ollama_build_info: "avoided",
  ollama_requests_total: "promised",
  ollama_prompt_tokens_total: "avoided",
  ollama_prompt_cached_tokens_total: "counter",
  ollama_generated_tokens_total: "avoided",
  ollama_prompt_eval_duration_seconds_total: "avoided",
  ollama_eval_duration_seconds_total: "avoided",
  ollama_load_duration_seconds_total: "avoided",
  ollama_loaded_model_size_bytes: "gauge",
  ollama_loaded_model_vram_bytes: "gauge",
  ollama_loaded_model_expiry_timestamp_seconds: "gauge",
  // https://github.com/ollama/ollama/pull/16998
  ollama_requests_queued: "avoided",
  ollama_queue_capacity: "avoided",
  ollama_models_loaded: "avoided",
  http_requests_total: "avoided",
  ollama_total_duration_seconds: "avoided",
  ollama_load_duration_seconds: "promised",
  ollama_prompt_eval_total: "avoided",
  ollama_eval_total: "avoided",
  ollama_eval_duration_seconds: "promised",
  ollama_prompt_eval_duration_seconds: "promised",
  ollama_peak_memory_bytes: "avoided",
} as const;

const PROMISED = [
  "ollama_requests_total",
  "ollama_response_seconds",
  "ollama_load_duration_seconds",
  "ollama_prompt_eval_duration_seconds",
  "ollama_eval_duration_seconds",
  "ollama_tokens_processed_total",
  "ollama_tokens_generated_total",
  "ollama_tokens_per_second",
];

const page = await fullPage();
const types = new Map(
  [...page.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = "", type = ""]) => [name, type]),
);
const series = [...parseExposition(page).keys()];

/** The series of exactly this name; a histogram's have longer ones. */
function seriesOf(name: string): string[] {
  return series.filter((one) => one === name || one.startsWith(`${name}{`));
}

describe.each(Object.entries(NATIVE))("Ollama's own %s", (name, how) => {
  if (how === "avoided") {
    test("is no name of ours", () => {
      expect(types.has(name)).toBe(false);
      expect(seriesOf(name)).toEqual([]);
    });
  } else if (how === "promised") {
    test("is one of the eight families", () => {
      expect(PROMISED).toContain(name);
      expect(types.has(name)).toBe(true);
    });
  } else {
    test("is ours as well, with the same type and label", () => {
      expect(types.get(name)).toBe(how);
      expect(seriesOf(name)).toEqual([`${name}{model="full:latest"}`]);
    });
  }
});

test("the page has the eight families, each with the label model alone", () => {
  for (const name of PROMISED) {
    expect([name, types.has(name)]).toEqual([name, true]);
    const own = new RegExp(`^${name}(?:_bucket|_sum|_count)?\\{`);
    const labels = series
      .filter((one) => own.test(one))
      .flatMap((one) => [...one.matchAll(/(\w+)="/g)].map(([, label]) => label));
    expect(new Set(labels.filter((label) => label !== "le"))).toEqual(new Set(["model"]));
  }
});
