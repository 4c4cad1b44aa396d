import { afterAll, expect, test as plainTest } from "bun:test";
import { scrape } from "../support/exposition.ts";
import { type Found, query, untilValue } from "../support/prometheus-query.ts";
import { readmeQueries } from "../support/readme-queries.ts";
import { testWith } from "../support/test-with.ts";
import type { TimedAnswer } from "../support/timed-answers.ts";
import { type Machine, observeTwoMachines, type TwoMachines } from "../support/two-machines.ts";

const test = testWith("prometheus");

// One Prometheus for all questions; started by the first that is asked.
const running = new AsyncDisposableStack();
afterAll(() => running.disposeAsync());
let observing: Promise<TwoMachines> | undefined;
const observed = (): Promise<TwoMachines> =>
  (observing ??= observeTwoMachines().then((one) => running.use(one)));

const QUERIES = new Map(readmeQueries("Beyond one machine"));

const ask = async (question: string, time?: number): Promise<Found> => {
  const { prometheus, time: last } = await observed();
  return query(prometheus, QUERIES.get(question) ?? "", time ?? last);
};

/** What a rate makes up before a series that does not begin at 0, and after its last scrape. */
const MADE_UP = 0.2;

/** Expects the 95th percentile that the buckets of these machines' answers have, by their clients' count. */
async function expectPercentile(
  found: number | undefined,
  { family, least, most }: Latency,
  machines: readonly Machine[],
): Promise<void> {
  const answers = machines.flatMap((machine) => machine.answers);
  const bounds = await boundsOf(machines[0]!.exporter, family);
  const lower = percentile95(bounds, answers.map(least));
  const upper = percentile95(bounds, answers.map(most));
  expect(found).toBeGreaterThan(lower * (1 - MADE_UP));
  expect(found).toBeLessThan(upper * (1 + MADE_UP));
}

/** As `histogram_quantile` finds it: evenly spread within the bucket that reaches the rank. */
function percentile95(bounds: readonly number[], seconds: readonly number[]): number {
  const below = (bound: number): number => seconds.filter((one) => one <= bound).length;
  const rank = 0.95 * seconds.length;
  const to = Math.min(...bounds.filter((bound) => below(bound) >= rank));
  const from = Math.max(0, ...bounds.filter((bound) => bound < to));
  return from + ((to - from) * (rank - below(from))) / (below(to) - below(from));
}

async function boundsOf(exporter: string, family: string): Promise<number[]> {
  return [...(await scrape(exporter)).keys()]
    .filter((series) => series.startsWith(`${family}_bucket`))
    .map((series) => Number(/le="([^"]+)"/.exec(series)?.[1]?.replace("+Inf", "Infinity")));
}

interface Latency {
  readonly family: string;
  readonly together: string;
  readonly each: string;
  /** Seconds that it took at least, and at most, as the answer and its client tell. */
  readonly least: (answer: TimedAnswer) => number;
  readonly most: (answer: TimedAnswer) => number;
}

const LATENCIES: readonly Latency[] = [
  {
    family: "ollama_time_to_first_token_seconds",
    together: "How long until the first token, on all machines together?",
    each: "How long until the first token, on each?",
    least: ({ load, prompt }) => load + prompt,
    most: ({ first }) => first,
  },
  {
    family: "ollama_response_seconds",
    together: "How long is a whole answer, on all machines together?",
    each: "How long is a whole answer, on each?",
    least: ({ total }) => total,
    most: ({ total }) => total,
  },
];

for (const latency of LATENCIES) {
  test(`The percentile of both machines is that of all their answers: ${latency.family}`, async () => {
    const { fast, slow } = await observed();
    const { "": found } = await ask(latency.together);
    await expectPercentile(found, latency, [fast, slow]);
  });

  test(`It lies between those of each, which are of its own answers: ${latency.family}`, async () => {
    const { fast, slow } = await observed();
    const { "": found = NaN } = await ask(latency.together);
    const own = await ask(latency.each);
    for (const machine of [fast, slow]) {
      await expectPercentile(own[machine.instance], latency, [machine]);
    }
    expect(found).toBeGreaterThan(own[fast.instance] ?? NaN);
    expect(found).toBeLessThan(own[slow.instance] ?? NaN);
  });
}

test("The requests of each machine are those that its Ollama got", async () => {
  const { fast, slow } = await observed();
  for (const { instance, ollama, time } of [fast, slow]) {
    const found = await ask("How many requests does each machine get?", time);
    const { requests } = ollama.tally["/api/chat"]["llama3.2:latest"]!;
    expect(requests).toBeGreaterThan(8);
    expect(found[instance]).toBeCloseTo(requests, 6);
  }
});

test("The speed of each machine is that of its answers", async () => {
  const { fast, slow } = await observed();
  const found = await ask("How fast does each machine generate?");
  for (const { instance, ollama, first, answers } of [fast, slow]) {
    const { generatedTokens, finished } = ollama.tally["/api/chat"]["llama3.2:latest"]!;
    // Each has as many. Whether the first is in the rate depends on when Prometheus looked.
    const tokens = generatedTokens / finished;
    const speeds = [first, ...answers].map(({ generation }) => tokens / generation);
    expect(found[instance]).toBeGreaterThan(Math.min(...speeds));
    expect(found[instance]).toBeLessThan(Math.max(...speeds));
  }
  expect(found[fast.instance]).toBeGreaterThan(found[slow.instance] ?? NaN);
});

test("The memory of each machine is what its Ollama says, and both Ollamas answer", async () => {
  const { prometheus, fast, slow } = await observed();
  // On a busy machine a scrape of half a second may come without Ollama's answer.
  const memory = QUERIES.get("What fills the GPU's memory, on each?");
  for (const { instance, ollama } of [fast, slow]) {
    const { models } = await (await fetch(`${ollama.url}/api/ps`)).json();
    const own = `(${memory}) and on (instance) up{instance="${instance}"}`;
    await untilValue(prometheus, own, models[0].size_vram);
  }
  const answering = QUERIES.get("On how many machines does Ollama answer?") ?? "";
  await untilValue(prometheus, answering, 2);
});

plainTest("The README answers these questions about several machines", () => {
  expect([...QUERIES.keys()]).toEqual([
    ...LATENCIES.flatMap(({ together, each }) => [together, each]),
    "How many requests does each machine get?",
    "How fast does each machine generate?",
    "What fills the GPU's memory, on each?",
    "On how many machines does Ollama answer?",
  ]);
});
