import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Prometheus extends AsyncDisposable {
  readonly url: string;
}

/** An address, `host:port`, or several, or with what a scrape needs besides. */
type Job = string | readonly string[] | JobSettings;

interface JobSettings {
  readonly targets: readonly string[];
  readonly [setting: string]: unknown;
}

/**
 * Starts a Prometheus on a free port that scrapes these addresses, each entry as a job of its own. It
 * takes 5 seconds to the first scrape, and no flag changes that.
 *
 * @param flags further flags
 */
export async function startPrometheus(
  jobs: Readonly<Record<string, Job>>,
  flags: readonly string[] = [],
): Promise<Prometheus> {
  await using started = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "ollama-exporter-prometheus-"));
  started.defer(() => rm(folder, { recursive: true, force: true }));
  const config = join(folder, "prometheus.json");
  // JSON is YAML.
  await Bun.write(
    config,
    JSON.stringify({
      global: { scrape_interval: "500ms", scrape_timeout: "500ms" },
      scrape_configs: Object.entries(jobs).map(([job_name, job]) => {
        const { targets, ...settings } = jobSettings(job);
        return Object.assign(settings, { job_name, static_configs: [{ targets }] });
      }),
    }),
  );
  const child = Bun.spawn(
    [
      "prometheus",
      `--config.file=${config}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      "--web.listen-address=127.0.0.1:0",
      ...flags,
    ],
    { stdin: "ignore", stdout: "ignore", stderr: "pipe" },
  );
  started.defer(async () => {
    child.kill("SIGKILL");
    await child.exited;
  });
  const url = await listening(child.stderr);
  const running = started.move();
  return { url, [Symbol.asyncDispose]: () => running.disposeAsync() };
}

function jobSettings(job: Job): JobSettings {
  return typeof job === "string" || Array.isArray(job)
    ? { targets: [job].flat() }
    : (job as JobSettings);
}

const READY = /Server is ready to receive web requests/;

/** Where it listens and answers, as its log says; the log is read on, so that it never blocks. */
async function listening(stderr: ReadableStream<Uint8Array<ArrayBuffer>>): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const read = async (): Promise<void> => {
    let log = "";
    for await (const text of stderr.pipeThrough(new TextDecoderStream())) {
      log += text;
      const address = /"Listening on" (?:component=web )?address=(\S+)/.exec(log)?.[1];
      if (address !== undefined && READY.test(log)) resolve(`http://${address}`);
    }
    reject(new Error(`prometheus ended:\n${log}`));
  };
  read().catch(reject);
  return promise;
}
