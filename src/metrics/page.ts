import { Histogram, type MetricObject, type Registry } from "prom-client";
import { nextTurn } from "../next-turn.ts";

/**
 * Renders a registry's page in turns of the event loop, so that the streams go on between them: a
 * histogram of 100 models takes 3 ms, all of them took 18. Counters and gauges share one turn, since
 * some have to add up.
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
  const metrics = registry.getMetricsAsArray();
  const text = ({ name }: MetricObject): Promise<string> => registry.getSingleMetricAsString(name);
  const later = Promise.resolve("");
  const texts = await Promise.all(
    metrics.map((metric) => (isLarge(metric) ? later : text(metric))),
  );
  for (const [index, metric] of metrics.entries()) {
    if (!isLarge(metric)) continue;
    await nextTurn();
    texts[index] = await text(metric);
  }
  return `${texts.join("\n\n")}\n`;
}

function isLarge(metric: unknown): boolean {
  return metric instanceof Histogram;
}
