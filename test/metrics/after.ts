import { createMetrics, type Metrics } from "../../src/metrics/metrics.ts";
import { parseExposition, type Samples } from "../support/exposition.ts";

/** What the page shows after some events. */
export async function after(events: (metrics: Metrics) => void): Promise<Samples> {
  const metrics = createMetrics({ runtime: "x", maxModels: 100 });
  events(metrics);
  return samplesOf(metrics);
}

export async function samplesOf(metrics: Metrics): Promise<Samples> {
  return parseExposition((await metrics.exposition()).text);
}

/** Names of the families that have counted anything of a model. */
export function counted(samples: Samples): string[] {
  const series = [...samples].filter(([one, value]) => one.includes("model=") && value !== 0);
  const names = series.map(([one]) => one.replace(/(?:_(?:bucket|sum|count))?\{.*$/, ""));
  return [...new Set(names)].toSorted();
}

/** Names of the families that have a series of a model, at 0 or not. */
export function shown(samples: Samples, model = ""): string[] {
  const series = [...samples.keys()].filter((one) => one.includes(`model="${model}`));
  const names = series.map((one) => one.replace(/(?:_(?:bucket|sum|count))?\{.*$/, ""));
  return [...new Set(names)].toSorted();
}
