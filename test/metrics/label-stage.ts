import { createModelLabels, type ModelLabels } from "../../src/metrics/model-labels.ts";

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Names that may have series before they have been served. */
export const SLOTS = 20;

export interface LabelStage {
  readonly labels: ModelLabels;
  /** A request from its arrival to its end; gives its label. */
  request(name: string | undefined, status?: 200 | 404): string;
  /** Requests with these names that were never served: as many slots are taken. */
  strangers(count: number, prefix?: string): string[];
  /** Labels whose series have vanished, in that order. */
  readonly forgotten: readonly string[];
  /** Requests without a place. */
  overflows(): number;
  pass(milliseconds: number): void;
}

/** Labels with a clock that goes when it is told. */
export function stageLabels(most = 100): LabelStage {
  const forgotten: string[] = [];
  let overflows = 0;
  // A clock may begin anywhere.
  let now = 123_456;
  const labels = createModelLabels({
    most,
    now: () => now,
    onOverflow: () => void overflows++,
    onForget: (label) => void forgotten.push(label),
  });
  const request = (name: string | undefined, status: 200 | 404 = 404): string => {
    const label = labels.arrived(name);
    if (status === 200) labels.served(name);
    labels.ended(label);
    return label;
  };
  return {
    labels,
    request,
    strangers: (count, prefix = "stranger") =>
      Array.from({ length: count }, (_, index) => request(`${prefix}-${index}`)),
    forgotten,
    overflows: () => overflows,
    pass: (milliseconds) => void (now += milliseconds),
  };
}
