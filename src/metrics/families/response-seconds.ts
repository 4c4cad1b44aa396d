import { answerHistogram } from "../answer-histogram.ts";

export const responseSeconds = answerHistogram({
  name: "ollama_response_seconds",
  help: "Time for a whole answer, queueing and loading included, by model: Ollama's own where the API tells it.",
  buckets: [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 30, 60, 120, 300, 600, 1200],
  value: ({ total }) => total,
});
