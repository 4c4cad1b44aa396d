import { afterAll, beforeAll, describe, expect } from "bun:test";
import { type Deviation, DEVIATIONS } from "../support/deviations.ts";
import { bothWays, type Exchange, startScriptedUpstream } from "../support/differential.ts";
import { buildBinary, type RunningExporter, startExporter } from "../support/exporter.ts";
import type { Seen } from "../support/seen.ts";

export interface Stage {
  /** Where clients connect. */
  readonly url: string;
  both(exchanges: readonly Exchange[]): ReturnType<typeof bothWays>;
  /** Resolves when the exporter has had time for whatever it had to do. */
  turns(): Promise<void>;
  /** What is seen of an exchange through the exporter alone. */
  through(exchange: Exchange): Promise<Seen>;
  /** Expects to see the same both ways, but for deviations that are called by their names. */
  alike(exchange: Exchange, ...except: readonly Deviation[]): Promise<void>;
  /** The same for several exchanges over one connection. */
  allAlike(exchanges: readonly Exchange[]): Promise<void>;
}

/** A case of a table. */
export type Row = readonly [name: string, exchange: Exchange, ...except: readonly Deviation[]];

/** Declares the same tests for the program from source and compiled, unless told otherwise. */
export function onBunTargets(
  subject: string,
  declare: (stage: Stage) => void,
  targets: readonly ("source" | "binary")[] = ["source", "binary"],
): void {
  describe.each(targets)(`${subject} on %s`, (target) => {
    let upstream: Awaited<ReturnType<typeof startScriptedUpstream>>;
    let exporter: RunningExporter;
    const started = new AsyncDisposableStack();
    beforeAll(async () => {
      if (target === "binary") await buildBinary();
      upstream = await startScriptedUpstream();
      started.defer(upstream.stop);
      exporter = started.use(await startExporter({ target, upstream: upstream.url, args: [] }));
      await exporter.says(/Ollama 0\.24\.0 answers/);
    }, 30_000);
    afterAll(async () => {
      await started.disposeAsync();
      expect(upstream.stray).toEqual([]);
    });
    const both: Stage["both"] = (exchanges) => bothWays({ upstream, url: exporter.url }, exchanges);
    declare({
      get url() {
        return exporter.url;
      },
      both,
      async turns() {
        // The exporter answers these itself, after what came before.
        for (let i = 0; i < 5; i++) await (await fetch(`${exporter.url}/-/healthy`)).text();
      },
      async through(exchange) {
        const [seen] = await upstream.run(exporter.url, [exchange]);
        return seen!;
      },
      async alike(exchange, ...except) {
        const { straight, through } = await both([exchange]);
        expect(through).toEqual(straight.map((seen) => deviating(seen, except)));
      },
      async allAlike(exchanges) {
        const { straight, through } = await both(exchanges);
        expect(through).toEqual(straight);
      },
    });
  });
}

function deviating(straight: Seen, except: readonly Deviation[]): Seen {
  return except.reduce<Seen>((seen, name) => DEVIATIONS[name](seen), straight);
}
