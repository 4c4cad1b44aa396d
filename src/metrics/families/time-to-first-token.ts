import type { CreateFamily } from "../family.ts";
import { modelHistogram } from "../model-histogram.ts";

export const timeToFirstToken: CreateFamily = (registry) => {
  const histogram = modelHistogram(registry, {
    name: "ollama_time_to_first_token_seconds",
    help: "Time from a request's arrival to the first line with content, thinking or a tool call, by model; streamed answers only.",
    buckets: [0.05, 0.1, 0.25, 0.5, 0.75, 1.5, 2.5, 5, 7.5, 10, 20, 30, 60, 120, 300, 600],
  });
  return { firstToken: histogram.observe, forgotten: histogram.forget };
};
