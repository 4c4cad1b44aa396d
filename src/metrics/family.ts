import type { Registry } from "prom-client";
import type { Api } from "../apis.ts";
import type { Answer, Outcome, SkipReason } from "../exchange.ts";
import type { OllamaState } from "../ollama-state.ts";

/**
 * What a metric family may count. Each event is told to every family, in the order of the table.
 * `model` is a label, `traceId` the trace that a slow answer can be looked up in.
 */
export interface Family {
  /** Ollama has this model installed: from now on its first request shows as an increase. */
  installed?(model: string): void;
  /** A model is about to have its first request: what counts its fate starts at 0. */
  begun?(model: string): void;
  /** A measured request has arrived and is about to be forwarded. */
  arrived?(model: string): void;
  /** The request's model had no label of its own left. */
  overflowed?(): void;
  /** Seconds from its arrival to the first line with content; never told of an answer in one piece. */
  firstToken?(model: string, seconds: number, traceId?: string): void;
  /** The final object of its answer has been read. */
  answered?(model: string, answer: Answer, traceId?: string): void;
  /** What became of it; told exactly once for each that arrived. */
  ended?(model: string, outcome: Outcome): void;
  /** A line of an answer was not read. */
  skipped?(reason: SkipReason): void;
  /** A request for an answer has passed in an API that is not measured. */
  unmeasured?(api: Api): void;
  /** What Ollama says of itself, told before each page is made. */
  observed?(state: OllamaState): void;
  /** The model's series vanish. */
  forgotten?(model: string): void;
}

/** Puts a family's metrics into a registry. Its name, help, labels and buckets stand in its file only. */
export type CreateFamily = (registry: Registry, about: About) => Family;

export interface About {
  /** Name and version, as in `bun 1.4.5`. */
  readonly runtime: string;
}
