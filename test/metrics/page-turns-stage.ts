import { Counter, Gauge, Histogram, Registry } from "prom-client";
import type { PageFormat } from "../../src/metrics/page-format.ts";
import { createPage } from "../../src/metrics/page.ts";
import { nextTurn } from "../support/next-turn.ts";

export interface Scene {
  readonly page: (format?: PageFormat) => Promise<string>;
  readonly registry: Registry;
  readonly counters: readonly Counter[];
}

/** Two counters of the same events around histograms, and a gauge that sees each reading. */
export function stage(onRead: () => void = () => {}): Scene {
  const registry = new Registry();
  const registers = [registry];
  const counter = (name: string): Counter => new Counter({ name, help: "A count.", registers });
  const histogram = (name: string): Histogram => new Histogram({ name, help: "Times.", registers });
  const first = counter("first_total");
  histogram("one_seconds").observe(1);
  histogram("two_seconds").observe(2);
  const last = counter("last_total");
  registry.registerMetric(
    new Gauge({ name: "readings", help: "Readings.", registers: [], collect: onRead }),
  );
  const page = createPage(registry);
  return { page: (format = "text") => page(format), registry, counters: [first, last] };
}

/** The value of a sample without labels. */
export const valueOf = (page: string, name: string): string | undefined =>
  new RegExp(`^${name} (.+)$`, "m").exec(page)?.[1];

/** Turns of the event loop until it has ended. */
export async function turnsOf(work: Promise<unknown>): Promise<number> {
  let turns = 0;
  let going = true;
  const ended = work.finally(() => (going = false));
  for (await nextTurn(); going; await nextTurn()) turns++;
  await ended;
  return turns;
}

/** Something that can be counted. */
type Rising = Pick<Counter, "inc">;

/** Lets counters rise together in each turn until it is disposed of. */
export function rising(counters: readonly Rising[]): AsyncDisposable {
  let going = true;
  const ended = (async () => {
    while (going) {
      for (const counter of counters) counter.inc();
      await nextTurn();
    }
  })();
  return {
    async [Symbol.asyncDispose]() {
      going = false;
      await ended;
    },
  };
}
