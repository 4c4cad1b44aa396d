import { Gauge } from "prom-client";
import type { OllamaState } from "../ollama-state.ts";
import type { CreateFamily } from "./family.ts";

export interface StateGauge<Label extends string> {
  readonly name: string;
  readonly help: string;
  readonly labels: readonly Label[];
  /** A value that is not told has no sample. */
  samples(state: OllamaState): readonly Sample<Label>[];
}

type Sample<Label extends string> = readonly [
  labels: Readonly<Record<Label, string>>,
  value: number | undefined,
];

/** A family made anew of each state that is observed, so that what has vanished has no sample. */
export function stateGauge<Label extends string = never>({
  name,
  help,
  labels,
  samples,
}: StateGauge<Label>): CreateFamily {
  return (registry) => {
    const gauge = new Gauge<string>({ name, help, labelNames: [...labels], registers: [registry] });
    const clear = (): void => {
      gauge.reset();
      // Without labels there is a 0, which nobody has observed.
      if (labels.length === 0) gauge.remove();
    };
    clear();
    return {
      observed(state) {
        clear();
        for (const [labelled, value] of samples(state)) {
          if (value !== undefined) gauge.set({ ...labelled }, value);
        }
      },
    };
  };
}
