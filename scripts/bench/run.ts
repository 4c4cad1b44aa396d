import { type Proxy, startProxies } from "./proxies/all.ts";
import type { Result } from "./results.ts";
import { EVERY_ROUND, ONCE } from "./works/all.ts";
import type { Crew, Work } from "./works/work.ts";
import { startWorker, type Worker } from "./worker.ts";

export interface BenchRun {
  readonly results: readonly Result[];
  /** Name and version of everybody who took part. */
  readonly versions: Readonly<Record<string, string>>;
}

export interface RunOptions {
  readonly rounds: number;
  /** Works of which a row has this in its name; all where it is absent. */
  readonly only?: string | undefined;
  /** Ends it before its time. */
  readonly signal: AbortSignal;
  /** Told of each work that begins. */
  onProgress(text: string): void;
}

/** Runs the works. Whatever happens, everything that it started has ended when it settles. */
export async function runBench(options: RunOptions): Promise<BenchRun> {
  if (wanted([...EVERY_ROUND, ...ONCE], options.only).length === 0) {
    throw new RangeError(`--only is "${options.only}": no row has that in its name`);
  }
  const workers = ["load/upstream.ts", "load/client.ts", "load/client.ts"].map((script) =>
    startWorker(`./${script}`),
  );
  const [upstream, client, disturber] = workers as [Worker, Worker, Worker];
  // Whoever waits for an answer gets an error then, and puts away what it has started.
  const stopWorkers = (): Promise<unknown> => Promise.all(workers.map((worker) => worker.stop()));
  options.signal.addEventListener("abort", () => void stopWorkers());
  let proxies: Proxy[] = [];
  try {
    const upstreamPort = await upstream.call<number>("port");
    proxies = await startProxies(upstreamPort);
    const results = await runWorks(proxies, { client, disturber, upstreamPort }, options);
    const versions = Object.fromEntries(proxies.map(({ name, version }) => [name, version]));
    return { results, versions };
  } catch (error) {
    throw options.signal.aborted ? options.signal.reason : error;
  } finally {
    await stopWorkers();
    await Promise.all(proxies.map((proxy) => proxy.stop()));
  }
}

async function runWorks(
  proxies: readonly Proxy[],
  crew: Crew,
  { rounds, only, onProgress }: RunOptions,
): Promise<Result[]> {
  const results = new Map<string, { row: Result["row"]; figures: Record<string, number[]> }>();
  const once = async (work: Work, proxy: Proxy): Promise<void> => {
    onProgress(`${proxy.name}: ${work.rows[0]?.name}`);
    const figures = await work.run(proxy, crew);
    work.rows.forEach((row, index) => {
      const value = figures?.[index];
      if (value === undefined || Number.isNaN(value)) return;
      const result = results.get(row.name) ?? { row, figures: {} };
      results.set(row.name, result);
      (result.figures[proxy.name] ??= []).push(value);
    });
  };

  // Not kept: code gets compiled, pools get filled.
  for (const proxy of proxies)
    await crew.client.call("closedLoop", { ...WARM_UP, port: proxy.port });
  for (let round = 0; round < rounds; round++) {
    // Whoever comes after another in one round comes before it in the next.
    const turn = round % 2 === 0 ? proxies : proxies.toReversed();
    for (const work of wanted(EVERY_ROUND, only)) for (const proxy of turn) await once(work, proxy);
  }
  for (const work of wanted(ONCE, only)) for (const proxy of proxies) await once(work, proxy);
  return [...results.values()];
}

function wanted(works: readonly Work[], only = ""): Work[] {
  return works.filter(({ rows }) => rows.some(({ name }) => name.includes(only)));
}

const WARM_UP = { path: "/api/chat", connections: 16, ms: 1500 };
