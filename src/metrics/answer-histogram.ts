import type { Answer } from "../exchange.ts";
import type { CreateFamily } from "./family.ts";
import { type HistogramOptions, modelHistogram } from "./model-histogram.ts";

export interface AnswerHistogram extends HistogramOptions {
  /** Undefined where the answer does not tell it. */
  value(answer: Answer): number | undefined;
}

/** A family that observes one value of each finished answer, by model. */
export function answerHistogram({ value, ...options }: AnswerHistogram): CreateFamily {
  return (registry) => {
    const histogram = modelHistogram(registry, options);
    return {
      answered(model, answer, traceId) {
        const observed = value(answer);
        if (observed !== undefined) histogram.observe(model, observed, traceId);
      },
      forgotten: histogram.forget,
    };
  };
}
