import type { CreateFamily } from "../family.ts";
import { modelCounter } from "../model-counter.ts";

export const requests: CreateFamily = (registry) => {
  const counter = modelCounter(registry, {
    name: "ollama_requests_total",
    help: "Requests by model, counted on arrival, before their outcome is known.",
  });
  return {
    installed: counter.begin,
    begun: counter.begin,
    arrived: (model) => counter.add(model),
    forgotten: counter.forget,
  };
};
