import type { Figures } from "./run.ts";

/** The figures as the last line spells them; Go leaves a zero out. */
export function figuresFields(figures: Figures): Readonly<Record<string, number | undefined>> {
  return {
    total_duration: figures.totalDuration,
    load_duration: figures.loadDuration,
    prompt_eval_count: figures.promptTokens,
    prompt_eval_duration: figures.promptEvalDuration,
    eval_count: figures.generatedTokens || undefined,
    eval_duration: figures.evalDuration || undefined,
  };
}
