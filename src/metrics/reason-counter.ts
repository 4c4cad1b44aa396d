import { Counter, type Registry } from "prom-client";

/** A counter by model and by one word of a fixed list. */
export interface ReasonCounter<Reason extends string> {
  add(model: string, reason: Reason): void;
  /** Puts every reason on the page at 0, so that its first count shows as an increase. */
  begin(model: string): void;
  forget(model: string): void;
}

export interface ReasonOptions<Reason extends string> {
  readonly name: string;
  readonly help: string;
  readonly label: string;
  readonly reasons: readonly Reason[];
}

export function reasonCounter<Reason extends string>(
  registry: Registry,
  { name, help, label, reasons }: ReasonOptions<Reason>,
): ReasonCounter<Reason> {
  const counter = new Counter({ name, help, labelNames: ["model", label], registers: [registry] });
  return {
    add: (model, reason) => counter.inc({ model, [label]: reason }),
    begin: (model) => reasons.forEach((reason) => counter.inc({ model, [label]: reason }, 0)),
    forget: (model) => reasons.forEach((reason) => counter.remove({ model, [label]: reason })),
  };
}
