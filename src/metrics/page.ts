import { Histogram, type Metric, Registry } from "prom-client";
import { nextTurn } from "../next-turn.ts";

/**
 * Renders a registry's page. All values are read in one turn of the event loop, so that they add up;
 * then a histogram a turn becomes text, so that the streams go on meanwhile: with 100 models all of
 * them at once took 18 ms.
 *
 * @returns a function that gives a page made after its call; who asks while one is being made shares
 *   the next, so that scrapes cannot pile up
 */
export function createPage(registry: Registry): () => Promise<string> {
  let last: Promise<unknown> = Promise.resolve();
  let next: Promise<string> | undefined;
  return () =>
    (next ??= last.then(() => {
      next = undefined;
      const page = render(registry);
      last = page.catch(() => {});
      return page;
    }));
}

async function render(registry: Registry): Promise<string> {
  const metrics = registry.getMetricsAsArray() as unknown as Read[];
  const values = new Registry();
  for (const one of await Promise.all(metrics.map(frozen))) values.registerMetric(one);
  const texts: string[] = [];
  for (const metric of metrics) {
    if (metric instanceof Histogram) await nextTurn();
    texts.push(await values.getSingleMetricAsString(metric.name));
  }
  return `${texts.join("\n\n")}\n`;
}

/** A metric as the registry reads it; a histogram has a cheaper way, which prom-client's types hide. */
interface Read {
  readonly name: string;
  get(): Promise<Values>;
  getForPromString?(): Promise<Values>;
}

interface Values {
  readonly values: readonly object[];
}

/** The metric with the values that it has now. */
async function frozen(metric: Read): Promise<Metric> {
  // A histogram gives values of this moment, a counter those that it goes on changing.
  const now = (await metric.getForPromString?.()) ?? copied(await metric.get());
  return { name: metric.name, get: () => Promise.resolve(now) } as unknown as Metric;
}

function copied(read: Values): Values {
  return { ...read, values: read.values.map((value) => Object.assign({}, value)) };
}
