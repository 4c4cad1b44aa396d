import { afterAll, expect } from "bun:test";
import { startSimulatedOllama } from "../../scripts/simulated-ollama/server.ts";
import { buildBinary, startExporter } from "../support/exporter.ts";
import { scrape } from "../support/exposition.ts";
import { query, untilValue } from "../support/prometheus-query.ts";
import { startPrometheus } from "../support/prometheus.ts";
import { testWith } from "../support/test-with.ts";

const test = testWith("prometheus");

const SAMPLED = "0af7651916cd43dd8448eb211c80319c";
const DROPPED = "4bf92f3577b34da6a3ce929d0e0e4736";

/** Chats with a trace that is kept, with one that is not, and with none. */
const TRACEPARENTS = [
  `00-${SAMPLED}-b7ad6b7169203331-01`,
  `00-${DROPPED}-b7ad6b7169203331-00`,
  undefined,
];

interface Scraped {
  readonly prometheus: string;
  readonly exporter: string;
}

const running = new AsyncDisposableStack();
let scraping: Promise<Scraped> | undefined;
const scraped = (): Promise<Scraped> => (scraping ??= startAll());

afterAll(() => running.disposeAsync());

async function startAll(): Promise<Scraped> {
  await buildBinary();
  const upstream = startSimulatedOllama({ pace: 0 });
  running.defer(upstream.stop);
  const exporter = running.use(
    await startExporter({ target: "binary", upstream: upstream.url, args: [] }),
  );
  for (const traceparent of TRACEPARENTS) {
    const answer = await fetch(`${exporter.url}/api/chat`, {
      method: "POST",
      headers: traceparent === undefined ? {} : { traceparent },
      body: JSON.stringify({ model: "llama3.2", messages: [{ role: "user", content: "Hello" }] }),
    });
    expect(answer.status).toBe(200);
    await answer.text();
  }
  const jobs = { ollama: new URL(exporter.url).host };
  const prometheus = running.use(
    await startPrometheus(jobs, ["--enable-feature=exemplar-storage"]),
  );
  await untilValue(prometheus.url, "sum(ollama_responses_finished_total)", TRACEPARENTS.length);
  return { prometheus: prometheus.url, exporter: exporter.url };
}

/** What Prometheus has at a path of its API. */
async function api<Data>(url: string, path: string, asked: Record<string, string>): Promise<Data> {
  const answer = await fetch(`${url}/api/v1/${path}?${String(new URLSearchParams(asked))}`);
  const { data, error }: { data: Data; error?: string } = await answer.json();
  if (error !== undefined) throw new Error(`${path}: ${error}`);
  return data;
}

type LabelSet = Readonly<Record<string, string>>;

/** A series with its labels in one order, and bounds as numbers: text has `1` for `1.0`. */
function seriesOf(name: string, labels: LabelSet): string {
  const shown = Object.entries(labels)
    .filter(([label]) => !["__name__", "instance", "job"].includes(label))
    .map(
      ([label, value]) =>
        `${label}=${label === "le" ? Number(value.replace("+Inf", "Infinity")) : value}`,
    );
  return [name, ...shown.toSorted()].join(" ");
}

/** The values of the page in text, but for the time of the latest question to Ollama. */
async function onTextPage(exporter: string): Promise<Record<string, number>> {
  const samples = [...(await scrape(exporter))].map(([series, value]) => {
    const [, name = "", labels = ""] = /^([^{]+)(?:\{(.*)\})?$/.exec(series) ?? [];
    const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, label, told]) => [label, told]);
    return [seriesOf(name, Object.fromEntries(pairs)), value] as const;
  });
  return Object.fromEntries(samples.filter(([series]) => isStable(series)));
}

const isStable = (series: string): boolean =>
  series.startsWith("ollama_") && !series.startsWith("ollama_probe_duration_seconds");

interface Found {
  readonly result: readonly {
    readonly metric: LabelSet;
    readonly value: readonly [number, string];
  }[];
}

test("Prometheus reads the OpenMetrics page, with the values of the text page", async () => {
  const { prometheus, exporter } = await scraped();
  expect(await query(prometheus, "sum by (job) (up)")).toEqual({ ollama: 1 });
  const found = await api<Found>(prometheus, "query", { query: '{__name__=~"ollama_.+"}' });
  const values = found.result.map(
    ({ metric, value: [, value] }) =>
      [
        seriesOf(metric["__name__"] ?? "", metric),
        Number(value.replace("Inf", "Infinity")),
      ] as const,
  );
  const expected = await onTextPage(exporter);
  expect(Object.keys(expected).length).toBeGreaterThan(100);
  expect(Object.fromEntries(values.filter(([series]) => isStable(series)))).toEqual(expected);
  // Only OpenMetrics has a bound that looks like a float.
  const bounds = found.result.flatMap(({ metric }) => metric["le"] ?? []);
  expect(bounds).toContain("1.0");
  expect(bounds.filter((bound) => /^\d+$/.test(bound))).toEqual([]);
});

test("Prometheus knows each family's type, unit and help", async () => {
  const { prometheus } = await scraped();
  const known = await api<Record<string, readonly { type: string; unit: string; help: string }[]>>(
    prometheus,
    "metadata",
    {},
  );
  // A counter is known by the name that OpenMetrics gives its family.
  expect(known["ollama_requests"]?.[0]?.type).toBe("counter");
  expect(known["ollama_exporter_build"]?.[0]?.type).toBe("info");
  expect(known["ollama_response_seconds"]).toMatchObject([{ type: "histogram", unit: "seconds" }]);
  for (const [name, [told]] of Object.entries(known)) expect(told?.help, name).not.toBe("");
});

interface Exemplars {
  readonly seriesLabels: LabelSet;
  readonly exemplars: readonly { readonly labels: LabelSet; readonly value: string }[];
}

test("Prometheus finds the trace of a chat in the bucket of each of its latencies", async () => {
  const { prometheus } = await scraped();
  const now = Date.now() / 1000;
  const exemplarsOf = (family: string): Promise<readonly Exemplars[]> =>
    api(prometheus, "query_exemplars", {
      query: `${family}_bucket`,
      start: String(now - 600),
      end: String(now + 600),
    });
  for (const family of [
    "ollama_response_seconds",
    "ollama_time_to_first_token_seconds",
    "ollama_load_duration_seconds",
    "ollama_prompt_eval_duration_seconds",
    "ollama_eval_duration_seconds",
  ]) {
    const found = await exemplarsOf(family);
    expect(found, family).toHaveLength(1);
    const [{ seriesLabels, exemplars } = { seriesLabels: {}, exemplars: [] }] = found;
    expect(seriesLabels["model"]).toBe("llama3.2:latest");
    expect(exemplars.map(({ labels }) => labels)).toEqual([{ trace_id: SAMPLED }]);
    expect(Number(exemplars[0]?.value)).toBeLessThanOrEqual(
      Number(seriesLabels["le"]?.replace("+Inf", "Infinity")),
    );
  }
  expect(await exemplarsOf("ollama_tokens_per_second")).toEqual([]);
});
