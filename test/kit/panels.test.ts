import { afterAll, describe, expect } from "bun:test";
import { lastScrape } from "../support/increases.ts";
import { LLAMA, type ObservedOllama, observeOllama } from "../support/observed-ollama.ts";
import { query, untilValue } from "../support/prometheus-query.ts";
import { testWith } from "../support/test-with.ts";
import { choices, filledIn, queries } from "./dashboard.ts";

const test = testWith("prometheus");

/** Queries that are right to find nothing but 0: the simulated Ollama caches nothing and breaks no line. */
const ZERO = new Set(["Tokens in B", "Skipped lines A"]);

/** One more than the names that may have series before Ollama has served them. */
const MADE_UP = 21;

interface Observed {
  readonly prometheus: string;
  /** Unix seconds of a scrape that knows of all that happened. */
  readonly busy: number;
  /** Of one before which nothing happened for a while. */
  readonly idle: number;
}

// One Prometheus for all panels; started by the first that is asked.
const running = new AsyncDisposableStack();
afterAll(() => running.disposeAsync());
let observing: Promise<Observed> | undefined;
const observed = (): Promise<Observed> => (observing ??= observe());

/** The traffic of the README's queries, and what its questions leave out. */
async function observe(): Promise<Observed> {
  const known = running.use(await observeOllama());
  const { prometheus } = known;
  await everythingElse(known);
  await untilValue(prometheus, 'sum(ollama_exporter_unmeasured_requests_total{api="embed"})', 1);
  await untilValue(prometheus, "sum(ollama_responses_without_usage_total)", 1);
  await untilValue(prometheus, "sum(ollama_exporter_model_overflow_total)", 1);
  const busy = await fullScrape(prometheus);
  await untilValue(prometheus, `max(timestamp(up)) > bool ${busy + 2}`, 1);
  return { prometheus, busy, idle: await lastScrape(prometheus, "ollama") };
}

/** A scrape that Ollama has answered, too: on a busy machine half a second may not be enough for it. */
async function fullScrape(prometheus: string): Promise<number> {
  for (;;) {
    const time = await lastScrape(prometheus, "ollama");
    const loaded = await query(prometheus, "count(ollama_loaded_model_vram_bytes)", time);
    if (loaded[""] !== undefined) return time;
    await untilValue(prometheus, `max(timestamp(up)) > bool ${time}`, 1);
  }
}

async function everythingElse({ exporter }: ObservedOllama): Promise<void> {
  const post = async (path: string, body: object): Promise<void> => {
    await (await fetch(exporter + path, { method: "POST", body: JSON.stringify(body) })).text();
  };
  await post("/api/embed", { model: "nomic-embed-text", input: "sky" });
  // It only loads the model, and tells no tokens.
  await post("/api/chat", { model: LLAMA, messages: [], keep_alive: -1 });
  const messages = [{ role: "user", content: "Hello" }];
  for (let i = 0; i < MADE_UP; i++) await post("/api/chat", { model: `made-up-${i}`, messages });
}

describe.each(queries)("The panel %s", (name, { expr }) => {
  test("It shows what has happened", async () => {
    const { prometheus, busy } = await observed();
    const values = Object.values(await query(prometheus, filledIn(expr, "1h"), busy));
    expect(values).not.toEqual([]);
    for (const value of values) expect(value).toBeFinite();
    expect(values.some((value) => value !== 0)).toBe(!ZERO.has(name));
  });

  test("It shows no NaN while nothing happens", async () => {
    const { prometheus, idle } = await observed();
    const values = Object.values(await query(prometheus, filledIn(expr, "1500ms"), idle));
    for (const value of values) expect(value).not.toBeNaN();
  });
});

for (const { name, series, label } of choices) {
  test(`There is something to choose from: ${name}`, async () => {
    const { prometheus, busy } = await observed();
    const found = await query(prometheus, filledIn(`count by (${label}) (${series})`, "1h"), busy);
    expect(Object.keys(found)).not.toEqual([]);
    expect(Object.keys(found)).not.toContain("");
  });
}
