import { DONE_REASONS, FAILURE_REASONS } from "../../src/exchange.ts";
import { type Samples, startingWith } from "./exposition.ts";

const FINISHED = "ollama_responses_finished_total";
const FAILED = "ollama_request_failures_total";

/** The series of every outcome of a model at 0, as its first request begins them. */
export function outcomesAtZero(model: string): Record<string, number> {
  return Object.fromEntries([
    ...DONE_REASONS.map((reason) => [finishedSeries(model, reason), 0] as const),
    ...FAILURE_REASONS.map((reason) => [failedSeries(model, reason), 0] as const),
  ]);
}

export function finishedSeries(model: string, reason: string): string {
  return `${FINISHED}{model="${model}",done_reason="${reason}"}`;
}

export function failedSeries(model: string, reason: string): string {
  return `${FAILED}{model="${model}",reason="${reason}"}`;
}

/** What became of a page's requests: how many of each model are, as in `a:latest failed truncated`. */
export function outcomesOn(samples: Samples): Record<string, number> {
  const outcomes: Record<string, number> = {};
  for (const [family, word] of [
    [FINISHED, "finished"],
    [FAILED, "failed"],
  ] as const) {
    for (const [series, count] of Object.entries(startingWith(samples, `${family}{`))) {
      const [, model, reason] = /model="([^"]+)",\w+="([^"]+)"/.exec(series) ?? [];
      if (count > 0) outcomes[`${model} ${word} ${reason}`] = count;
    }
  }
  return outcomes;
}

/** Of each model on a page: its requests, and what its outcomes and its running requests make. */
export function balanceOn(
  samples: Samples,
): Record<
  string,
  { readonly requests: number; readonly ended: number; readonly inFlight: number }
> {
  const models = Object.keys(startingWith(samples, "ollama_requests_in_flight{")).map(
    (series) => /model="([^"]+)"/.exec(series)?.[1] ?? "",
  );
  const ended = Object.entries(outcomesOn(samples));
  return Object.fromEntries(
    models.map((model) => [
      model,
      {
        requests: samples.get(`ollama_requests_total{model="${model}"}`) ?? NaN,
        ended: ended
          .filter(([outcome]) => outcome.startsWith(`${model} `))
          .reduce((sum, [, count]) => sum + count, 0),
        inFlight: samples.get(`ollama_requests_in_flight{model="${model}"}`) ?? NaN,
      },
    ]),
  );
}
