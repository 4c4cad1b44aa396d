import { Counter, type Registry } from "prom-client";

/** A counter with the label `model` alone. */
export interface ModelCounter {
  add(model: string, value?: number): void;
  /** Puts it on the page at 0, so that its first count shows as an increase. */
  begin(model: string): void;
  forget(model: string): void;
}

export function modelCounter(
  registry: Registry,
  { name, help }: { readonly name: string; readonly help: string },
): ModelCounter {
  const counter = new Counter({ name, help, labelNames: ["model"], registers: [registry] });
  return {
    add: (model, value = 1) => counter.inc({ model }, value),
    begin: (model) => counter.inc({ model }, 0),
    forget: (model) => counter.remove({ model }),
  };
}
