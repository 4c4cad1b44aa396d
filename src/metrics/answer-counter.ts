import type { Answer } from "../exchange.ts";
import type { CreateFamily } from "./family.ts";
import { modelCounter } from "./model-counter.ts";

export interface AnswerCounter {
  readonly name: string;
  readonly help: string;
  /** Undefined where the answer does not tell it. */
  value(answer: Answer): number | undefined;
}

/** A family that adds up one value of all finished answers, by model. */
export function answerCounter({ value, ...options }: AnswerCounter): CreateFamily {
  return (registry) => {
    const counter = modelCounter(registry, options);
    return {
      begun: counter.begin,
      answered(model, answer) {
        const counted = value(answer);
        if (counted !== undefined) counter.add(model, counted);
      },
      forgotten: counter.forget,
    };
  };
}
