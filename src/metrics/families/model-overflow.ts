import { Counter } from "prom-client";
import type { CreateFamily } from "../family.ts";

export const modelOverflow: CreateFamily = (registry) => {
  const counter = new Counter({
    name: "ollama_exporter_model_overflow_total",
    help: "Requests counted under the model `other`, because --max-models and the slots for new names were taken.",
    registers: [registry],
  });
  return { overflowed: () => counter.inc() };
};
