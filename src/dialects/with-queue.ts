import type { Answer } from "../exchange.ts";

/**
 * An answer with the time that Ollama shows nowhere: what is left of the total. Only where it tells
 * total and load; other parts are left out where they are zero. A rest below zero is none.
 */
export function withQueue(answer: Answer): Answer {
  const { total, load, promptEval = 0, eval: generation = 0 } = answer;
  if (total === undefined || load === undefined) return answer;
  return { ...answer, queue: Math.max(0, total - load - promptEval - generation) };
}
