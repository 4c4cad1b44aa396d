import { afterAll, describe, expect } from "bun:test";
import { type CountingOllama, startCountingOllama } from "../support/counting-ollama.ts";
import { startExporter } from "../support/exporter.ts";
import { parseExposition, type Samples, startingWith } from "../support/exposition.ts";
import { chatBody, hostileBodies } from "../support/hostile-requests.ts";
import { increases } from "../support/increases.ts";
import { query, untilValue } from "../support/prometheus-query.ts";
import { startPrometheus } from "../support/prometheus.ts";
import { promtoolCheck } from "../support/promtool-check.ts";
import { seriesPerModel } from "../support/series-per-model.ts";
import { testWith } from "../support/test-with.ts";

const test = testWith("prometheus");

const REAL = ["llama3.2:latest", "qwen3:8b", "nomic-embed-text:latest"] as const;
const COPIES = Array.from({ length: 120 }, (_, i) => `copy-${i}:latest`);

/** Names that have not been served have so many slots, and the first that come take them. */
const SLOTS = 20;
const EARLY = 25;

const NAMES = 1500;
const AT_ONCE = 32;
const REQUESTS_PER_PAGE = 500;

/** 100 names of 1 MB in an attack, or as many answers, are more than this. */
const MOST_GROWTH = 64 * 1024 * 1024;

const running = new AsyncDisposableStack();
afterAll(() => running.disposeAsync());

interface Attacked {
  readonly url: string;
  readonly prometheus: string;
  readonly ollama: CountingOllama;
  /** Pages that were read meanwhile. */
  readonly pages: readonly Samples[];
  /** Bytes by which the exporter had grown after the second of two attacks. */
  readonly growth: number;
}

/** Attacks an exporter twice, and waits until Prometheus knows of everything. */
async function attacked(args: readonly string[], most: number): Promise<Attacked> {
  const ollama = running.use(startCountingOllama(REAL));
  const { url } = running.use(await startExporter({ upstream: ollama.url, args }));
  const prometheus = running.use(await startPrometheus({ attacked: new URL(url).host })).url;
  const post = async (path: string, body: string | Uint8Array<ArrayBuffer>): Promise<void> => {
    await (await fetch(url + path, { method: "POST", body })).arrayBuffer();
  };
  await untilValue(prometheus, 'ollama_requests_total{model="other"}', 0);
  for (let i = 0; i < EARLY; i++) await post("/api/chat", chatBody(`early-${i}`));
  for (const destination of COPIES) {
    await post("/api/copy", JSON.stringify({ source: REAL[0], destination }));
  }
  // And those without a place: `other` and `unknown`.
  await untilValue(prometheus, "count(ollama_requests_total)", most + SLOTS + 2);

  const pages: Samples[] = [];
  const attack = async (seed: string): Promise<number> => {
    const bodies = hostileBodies({ seed, names: NAMES, served: [...REAL, ...COPIES] });
    let sent = 0;
    const client = async (): Promise<void> => {
      for (const body of bodies) {
        await post("/api/chat", body);
        if (++sent % REQUESTS_PER_PAGE === 0) pages.push(await page(url));
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, client));
    return (await page(url)).get("process_resident_memory_bytes") ?? NaN;
  };
  const before = await attack("first");
  const growth = (await attack("second")) - before;
  await untilValue(prometheus, "sum(ollama_requests_total)", ollama.chats.total);
  await untilValue(prometheus, "sum(ollama_requests_in_flight)", 0);
  return { url, prometheus, ollama, pages, growth };
}

async function page(url: string): Promise<Samples> {
  return parseExposition(await text(url));
}

async function text(url: string): Promise<string> {
  const answer = await fetch(`${url}/metrics`);
  expect(answer.status).toBe(200);
  return answer.text();
}

function sum(samples: Samples, family: string): number {
  return Object.values(startingWith(samples, `${family}{`)).reduce((total, one) => total + one, 0);
}

const CASES = [
  ["100 models at most", [], 100],
  ["--max-models 3", ["--max-models", "3"], 3],
] as const;

describe.each(CASES)("Under attack, with %s,", (_, args, most) => {
  let attack: Promise<Attacked> | undefined;
  const over = (): Promise<Attacked> => (attack ??= attacked(args, most));

  test("what increase() finds is the upstream's own count", async () => {
    const { prometheus, ollama } = await over();
    const family = "ollama_requests_total";
    const { "": found = NaN } = await increases(prometheus, "attacked", { family });
    // Nobody could know the names in the slots before: of each the first request is its series' birth.
    expect(found).toBe(ollama.chats.total - SLOTS);
  });

  test("models that were there keep their series and their true counts", async () => {
    const { prometheus, ollama } = await over();
    const family = "ollama_requests_total";
    const found = await increases(prometheus, "attacked", { family, by: ["model"] });
    for (const model of REAL) {
      expect(ollama.chats.of(model)).toBeGreaterThan(10);
      expect([model, found[model]]).toEqual([model, ollama.chats.of(model)]);
    }
    expect(Object.keys(found)).toHaveLength(most + SLOTS + 2);
  });

  test("the page is read, adds up and has a bounded number of series all the time", async () => {
    const { url, pages } = await over();
    const bound = (most + SLOTS + 2) * (await seriesPerModel());
    expect(pages.length).toBeGreaterThan(10);
    for (const samples of [...pages, await page(url)]) {
      expect([...samples.keys()].filter((series) => series.includes("model=")).length).toBeLessThan(
        bound,
      );
      const ended =
        sum(samples, "ollama_responses_finished_total") +
        sum(samples, "ollama_request_failures_total");
      expect(ended + sum(samples, "ollama_requests_in_flight")).toBe(
        sum(samples, "ollama_requests_total"),
      );
    }
  });

  test("Prometheus keeps a bounded number of series", async () => {
    const { prometheus } = await over();
    const series = 'count(last_over_time({job="attacked",model!=""}[1h]))';
    const { "": kept = NaN } = await query(prometheus, series);
    expect(kept).toBeLessThanOrEqual((most + SLOTS + 2) * (await seriesPerModel()));
  });

  test("promtool finds nothing wrong with the page", async () => {
    const { url } = await over();
    expect(await promtoolCheck(await text(url))).toEqual({ code: 0, output: "" });
  });

  test("the exporter's memory is bounded", async () => {
    const { growth } = await over();
    expect(growth).toBeLessThan(MOST_GROWTH);
  });
});
