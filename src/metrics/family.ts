import type { Registry } from "prom-client";
import type { Answer, SkipReason } from "../exchange.ts";

/** What a metric family may count. Each event is told to every family, in the order of the table. */
export interface Family {
  /** A measured request has arrived and is about to be forwarded. */
  arrived?(model: string): void;
  /** The final object of its answer has been read. */
  answered?(model: string, answer: Answer): void;
  /** A line of an answer was not read. */
  skipped?(reason: SkipReason): void;
}

/** Puts a family's metrics into a registry. Its name, help, labels and buckets stand in its file only. */
export type CreateFamily = (registry: Registry, about: About) => Family;

export interface About {
  /** Name and version, as in `bun 1.4.5`. */
  readonly runtime: string;
}
