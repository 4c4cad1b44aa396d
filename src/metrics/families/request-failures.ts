import { FAILURE_REASONS } from "../../exchange.ts";
import type { CreateFamily } from "../family.ts";
import { reasonCounter } from "../reason-counter.ts";

export const requestFailures: CreateFamily = (registry) => {
  const counter = reasonCounter(registry, {
    name: "ollama_request_failures_total",
    help: "Requests without a finished answer, by model and reason; each request has one outcome.",
    label: "reason",
    reasons: FAILURE_REASONS,
  });
  return {
    begun: counter.begin,
    ended(model, outcome) {
      if ("failed" in outcome) counter.add(model, outcome.failed);
    },
    forgotten: counter.forget,
  };
};
