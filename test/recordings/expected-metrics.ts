import { failedSeries, finishedSeries, outcomesAtZero } from "../support/outcome-series.ts";
import type { Recording } from "../support/recordings.ts";
import { CHAT_OUTCOMES } from "./outcomes.ts";
import {
  finalLine,
  type FinalLine,
  hasFirstToken,
  hasUsage,
  modelOf,
  queueOf,
} from "./recorded-chat.ts";

type Figure = (final: FinalLine) => number | undefined;

const HISTOGRAMS: Readonly<Record<string, Figure>> = {
  ollama_response_seconds: (final) => seconds(final.total_duration),
  ollama_load_duration_seconds: (final) => seconds(final.load_duration),
  ollama_prompt_eval_duration_seconds: (final) => seconds(final.prompt_eval_duration),
  ollama_eval_duration_seconds: (final) => seconds(final.eval_duration),
  ollama_queue_duration_seconds: (final) => seconds(queueOf(final)),
  ollama_tokens_per_second: ({ eval_count: tokens, eval_duration: time }) =>
    tokens !== undefined && time !== undefined ? tokens / (time / 1e9) : undefined,
  ollama_time_per_output_token_seconds: ({ eval_count: tokens, eval_duration: time }) =>
    tokens !== undefined && time !== undefined ? time / 1e9 / tokens : undefined,
};

/** By the labels that follow the model; all are at 0 from a model's first request on. */
const COUNTERS: readonly (readonly [name: string, labels: string, figure: Figure])[] = [
  ["ollama_tokens_processed_total", "", (final) => final.prompt_eval_count],
  ["ollama_tokens_generated_total", "", (final) => final.eval_count],
  // The recorded Ollama tells none.
  ["ollama_prompt_cached_tokens_total", "", () => undefined],
  ["ollama_responses_without_usage_total", "", (final) => (hasUsage(final) ? 0 : 1)],
  phase("load", (final) => seconds(final.load_duration)),
  phase("prompt", (final) => seconds(final.prompt_eval_duration)),
  phase("generation", (final) => seconds(final.eval_duration)),
  phase("queue", (final) => seconds(queueOf(final))),
  phaseTokens("prompt", (final) => final.prompt_eval_duration && final.prompt_eval_count),
  phaseTokens("generation", (final) => final.eval_duration && final.eval_count),
];

function phase(name: string, figure: Figure): (typeof COUNTERS)[number] {
  return ["ollama_phase_seconds_total", `,phase="${name}"`, whole(figure)];
}

function phaseTokens(name: string, figure: Figure): (typeof COUNTERS)[number] {
  return ["ollama_phase_tokens_total", `,phase="${name}"`, whole(figure)];
}

/** Only of answers that tell all their parts. */
function whole(figure: Figure): Figure {
  return (final) => (queueOf(final) === undefined ? undefined : figure(final));
}

/** The series that these chats call for, with the histograms' borders as the page has them. */
export function expectedSeries(
  chats: readonly Recording[],
  borders: (histogram: string) => readonly string[],
): Record<string, number> {
  const series: Record<string, number> = {};
  const add = (key: string, value = 0): void => void (series[key] = (series[key] ?? 0) + value);
  for (const chat of chats) {
    const model = modelOf(chat);
    const labels = `model="${model}"`;
    add(`ollama_requests_total{${labels}}`, 1);
    add(`ollama_requests_in_flight{${labels}}`);
    for (const [outcome, zero] of Object.entries(outcomesAtZero(model))) add(outcome, zero);
    add(outcomeSeries(chat, model), 1);
    const final = finalLine(chat);
    for (const [name, more, figure] of COUNTERS) {
      add(`${name}{${labels}${more}}`, final && figure(final));
    }
    if (hasFirstToken(chat)) {
      const le = 'le="+Inf"';
      add(`ollama_time_to_first_token_seconds_bucket{${le},${labels}}`, 1);
      add(`ollama_time_to_first_token_seconds_count{${labels}}`, 1);
    }
    for (const [name, figure] of Object.entries(final ? HISTOGRAMS : {})) {
      const value = figure(final ?? {});
      if (value === undefined) continue;
      add(`${name}_sum{${labels}}`, value);
      add(`${name}_count{${labels}}`, 1);
      for (const le of borders(name)) {
        const holds = le === "+Inf" || value <= Number(le);
        add(`${name}_bucket{le="${le}",${labels}}`, holds ? 1 : 0);
      }
    }
  }
  return series;
}

function outcomeSeries({ name }: Recording, model: string): string {
  const [how, reason = ""] = CHAT_OUTCOMES[name]?.split(" ") ?? [];
  return how === "finished" ? finishedSeries(model, reason) : failedSeries(model, reason);
}

function seconds(nanoseconds: number | undefined): number | undefined {
  return nanoseconds === undefined ? undefined : nanoseconds / 1e9;
}
