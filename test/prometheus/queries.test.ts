import { afterAll, describe, expect, test as plainTest } from "bun:test";
import type { Counts } from "../../scripts/simulated-ollama/tally.ts";
import { parseExposition } from "../support/exposition.ts";
import { fullPage } from "../support/full-page.ts";
import {
  BOTH,
  countsOf,
  LLAMA,
  type ObservedOllama,
  observeOllama,
  QWEN,
} from "../support/observed-ollama.ts";
import { eachModel, expectSlowest, expectValues } from "../support/observed-values.ts";
import { type Found, query } from "../support/prometheus-query.ts";
import { readmeQueries } from "../support/readme-queries.ts";
import { testWith } from "../support/test-with.ts";

const test = testWith("prometheus");

// One Prometheus for all questions; started by the first that is asked.
const running = new AsyncDisposableStack();
afterAll(() => running.disposeAsync());
let observing: Promise<ObservedOllama> | undefined;
const observed = (): Promise<ObservedOllama> =>
  (observing ??= observeOllama().then((one) => running.use(one)));

const NANOSECONDS = 1e9;

interface Loaded {
  readonly name: string;
  readonly size_vram: number;
  readonly expires_at: string;
}

async function loadedIn({ ollama }: ObservedOllama): Promise<Loaded[]> {
  const { models }: { models: Loaded[] } = await (await fetch(`${ollama.url}/api/ps`)).json();
  return models;
}

/** What each question's query has to find. */
const CHECKS: Readonly<
  Record<string, (found: Found, known: ObservedOllama) => void | Promise<void>>
> = {
  "How many requests?": (found, known) =>
    expectValues(found, { ...eachModel(known, ({ requests }) => requests), other: 0, unknown: 0 }),
  "What fails, and why?": (found, { ollama }) => {
    const { aborted, refused } = countsOf(ollama, LLAMA);
    expect([aborted, refused]).toEqual([1, 2]);
    expectValues(found, {
      [`${LLAMA} client_abort`]: aborted,
      [`${LLAMA} upstream_4xx`]: refused,
    });
  },
  "How long until the first token?": (found, known) =>
    expectSlowest(found, known, "ollama_time_to_first_token_seconds", {
      of: ({ streamed }) => streamed,
      least: ({ load, prompt }) => load + prompt,
      most: ({ first }) => first,
    }),
  "How long is a whole answer?": (found, known) =>
    expectSlowest(found, known, "ollama_response_seconds", { least: ({ total }) => total }),
  "How many tokens are generated in a second?": (found, known) =>
    expectValues(
      found,
      eachModel(
        known,
        ({ generatedTokens, evalDuration }) => (generatedTokens * NANOSECONDS) / evalDuration,
      ),
    ),
  "How many tokens of a prompt are read in a second?": (found, known) =>
    expectValues(
      found,
      eachModel(
        known,
        ({ promptTokens, promptEvalDuration: ns }) => (promptTokens * NANOSECONDS) / ns,
      ),
    ),
  "How long do requests queue?": (found, known) =>
    expectSlowest(found, known, "ollama_queue_duration_seconds", { least: ({ queue }) => queue }),
  "How many run or wait now?": (found, known) =>
    expectValues(
      found,
      eachModel(
        known,
        ({ requests, finished, aborted, refused }) => requests - finished - aborted - refused,
      ),
    ),
  "Where does the time go?": (found, { ollama }) => {
    const counts = BOTH.map((model) => countsOf(ollama, model));
    const sum = (field: keyof Counts): number =>
      counts.reduce((total, one) => total + one[field], 0);
    const total = sum("totalDuration");
    const load = sum("loadDuration") / total;
    const prompt = sum("promptEvalDuration") / total;
    const generation = sum("evalDuration") / total;
    expectValues(found, { load, prompt, generation, queue: 1 - load - prompt - generation });
  },
  "What fills the GPU's memory?": async (found, known) => {
    const models = await loadedIn(known);
    expectValues(found, Object.fromEntries(models.map(({ name, size_vram }) => [name, size_vram])));
  },
  "In how many seconds will it be unloaded?": async (found, known) => {
    const qwen = (await loadedIn(known)).find(({ name }) => name === QWEN);
    expect(Object.keys(found).toSorted()).toEqual([...BOTH]);
    expect(found[LLAMA]).toBe(Infinity);
    expect(found[QWEN]).toBeCloseTo(Date.parse(qwen?.expires_at ?? "") / 1000 - known.time, 2);
  },
  "How many tokens go in on a day?": (found, known) =>
    expectValues(
      found,
      eachModel(known, ({ promptTokens }) => promptTokens),
    ),
  "How many tokens come out on a day?": (found, known) =>
    expectValues(
      found,
      eachModel(known, ({ generatedTokens }) => generatedTokens),
    ),
  "Which models had to be loaded first?": (found, { answers }) => {
    for (const model of BOTH) {
      const cold = answers.filter((answer) => answer.model === model && answer.load > 0.5).length;
      expect(cold).toBeGreaterThan(0);
      // Of these series alone the first values are not 0, before which PromQL guesses.
      expect(Math.abs((found[model] ?? NaN) - cold), model).toBeLessThan(0.5);
    }
  },
};

const QUERIES = readmeQueries();

for (const [question, expression] of QUERIES) {
  test(`The README's query finds what happened: ${question}`, async () => {
    const known = await observed();
    await CHECKS[question]?.(await query(known.prometheus, expression, known.time), known);
  });
}

plainTest("The README answers these questions, each in one line", () => {
  expect(QUERIES.map(([question]) => question)).toEqual(Object.keys(CHECKS));
  for (const [, expression] of QUERIES) expect(expression).not.toContain("\n");
});

describe.each(QUERIES)("%s", (_, expression) => {
  const named = expression.match(/ollama_\w+/g) ?? [];

  plainTest("The query names series that are on the page", async () => {
    const series = [...parseExposition(await fullPage()).keys()].map((one) => one.split("{")[0]);
    expect(named).not.toEqual([]);
    for (const name of named) expect(series).toContain(name);
  });

  plainTest("The query asks a counter for its increase or rate and nothing else", () => {
    for (const name of named.filter((one) => /_(?:total|bucket|count|sum)$/.test(one))) {
      expect(expression).toMatch(new RegExp(`(?:increase|rate)\\(${name}(?:\\{[^}]*\\})?\\[`));
    }
  });

  plainTest(
    "The query divides only what the same requests fed, and matches no integer bound",
    () => {
      if (expression.includes(" / ")) {
        for (const name of named) expect(name).toMatch(/^ollama_phase_(?:seconds|tokens)_total$/);
      }
      expect(expression).not.toMatch(/le="\d+"/);
    },
  );
});
