import { DONE_REASONS } from "../../exchange.ts";
import type { CreateFamily } from "../family.ts";
import { reasonCounter } from "../reason-counter.ts";

export const responsesFinished: CreateFamily = (registry) => {
  const counter = reasonCounter(registry, {
    name: "ollama_responses_finished_total",
    help: "Requests whose answer came to its end, by model and by why it ended.",
    label: "done_reason",
    reasons: DONE_REASONS,
  });
  return {
    begun: counter.begin,
    ended(model, outcome) {
      if ("finished" in outcome) counter.add(model, outcome.finished);
    },
    forgotten: counter.forget,
  };
};
