import { Histogram } from "prom-client";
import type { Answer } from "../exchange.ts";
import type { CreateFamily } from "./family.ts";

export interface AnswerHistogram {
  readonly name: string;
  readonly help: string;
  readonly buckets: readonly number[];
  /** Undefined where the answer does not tell it. */
  value(answer: Answer): number | undefined;
}

/** A family that observes one value of each finished answer, by model. */
export function answerHistogram({ name, help, buckets, value }: AnswerHistogram): CreateFamily {
  return (registry) => {
    const histogram = new Histogram({
      name,
      help,
      labelNames: ["model"],
      buckets: [...buckets],
      registers: [registry],
    });
    return {
      answered(model, answer) {
        const observed = value(answer);
        if (observed !== undefined) histogram.observe({ model }, observed);
      },
    };
  };
}
