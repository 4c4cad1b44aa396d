import { answerHistogram } from "../answer-histogram.ts";

export const queueDuration = answerHistogram({
  name: "ollama_queue_duration_seconds",
  help: "Time of an answer that is neither load nor prompt nor generation, by model: the wait for a slot, and overhead. The scheduler's own wait is in the load duration; structured output in two passes adds to it.",
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600],
  value: ({ queue }) => queue,
});
