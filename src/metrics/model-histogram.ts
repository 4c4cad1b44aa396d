import { Histogram, type Registry } from "prom-client";

/** A histogram with the label `model` alone. */
export interface ModelHistogram {
  /** The trace stays with its bucket as an exemplar where the values are latencies. */
  observe(model: string, value: number, traceId?: string): void;
  forget(model: string): void;
}

export interface HistogramOptions {
  readonly name: string;
  readonly help: string;
  readonly buckets: readonly number[];
}

export function modelHistogram(
  registry: Registry,
  { name, help, buckets }: HistogramOptions,
): ModelHistogram {
  const isLatency = name.endsWith("_seconds");
  // The types take an exemplar's labels for the metric's own.
  const histogram = new Histogram<string>({
    name,
    help,
    labelNames: ["model"],
    buckets: [...buckets],
    enableExemplars: true,
    registers: [registry],
  });
  return {
    observe(model, value, traceId) {
      const exemplarLabels: Record<string, string> =
        isLatency && traceId !== undefined ? { trace_id: traceId } : {};
      histogram.observe({ labels: { model }, value, exemplarLabels });
    },
    forget: (model) => histogram.remove({ model }),
  };
}
