import type { Answer } from "../../exchange.ts";
import { Counter } from "prom-client";
import type { CreateFamily } from "../family.ts";

const PHASES = ["load", "prompt", "generation", "queue"] as const;
const TOKEN_PHASES = ["prompt", "generation"] as const;

/**
 * What shares of time and speeds are made of: only answers that told all their parts, so that no
 * quotient is fed by different requests.
 */
export const phases: CreateFamily = (registry) => {
  const labelNames = ["model", "phase"];
  const seconds = new Counter({
    name: "ollama_phase_seconds_total",
    help: "Time of answers that told all its parts, by model and phase: load, prompt, generation, and queue for the rest.",
    labelNames,
    registers: [registry],
  });
  const tokens = new Counter({
    name: "ollama_phase_tokens_total",
    help: "Tokens of the answers whose time is in ollama_phase_seconds_total, by model and phase; of the prompt without what Ollama says was cached.",
    labelNames,
    registers: [registry],
  });
  return {
    begun(model) {
      for (const phase of PHASES) seconds.inc({ model, phase }, 0);
      for (const phase of TOKEN_PHASES) tokens.inc({ model, phase }, 0);
    },
    answered(model, answer) {
      const { load, queue } = answer;
      // Whoever can tell the rest has told all the others, but maybe not how many tokens they were for.
      if (load === undefined || queue === undefined || lacksTokens(answer)) return;
      const parts = { load, queue, prompt: answer.promptEval ?? 0, generation: answer.eval ?? 0 };
      for (const phase of PHASES) seconds.inc({ model, phase }, parts[phase]);
      const { promptTokens = 0, cachedTokens = 0, generatedTokens = 0 } = answer;
      if (answer.promptEval !== undefined) {
        tokens.inc({ model, phase: "prompt" }, Math.max(0, promptTokens - cachedTokens));
      }
      if (answer.eval !== undefined) tokens.inc({ model, phase: "generation" }, generatedTokens);
    },
    forgotten(model) {
      for (const phase of PHASES) seconds.remove({ model, phase });
      for (const phase of TOKEN_PHASES) tokens.remove({ model, phase });
    },
  };
};

function lacksTokens(answer: Answer): boolean {
  const { promptEval, promptTokens, eval: generation, generatedTokens } = answer;
  return (
    (promptEval !== undefined && promptTokens === undefined) ||
    (generation !== undefined && generatedTokens === undefined)
  );
}
