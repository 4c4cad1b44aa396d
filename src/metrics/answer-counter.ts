import { Counter } from "prom-client";
import type { Answer } from "../exchange.ts";
import type { CreateFamily } from "./family.ts";

export interface AnswerCounter {
  readonly name: string;
  readonly help: string;
  /** Undefined where the answer does not tell it. */
  value(answer: Answer): number | undefined;
}

/** A family that adds up one value of all finished answers, by model. */
export function answerCounter({ name, help, value }: AnswerCounter): CreateFamily {
  return (registry) => {
    const counter = new Counter({ name, help, labelNames: ["model"], registers: [registry] });
    return {
      answered(model, answer) {
        const counted = value(answer);
        if (counted !== undefined) counter.inc({ model }, counted);
      },
    };
  };
}
