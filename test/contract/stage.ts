import { afterAll, beforeAll, describe } from "bun:test";
import {
  buildBinary,
  missing,
  type RunningExporter,
  startExporter,
  TARGETS,
} from "../support/exporter.ts";
import { answerOwnQuestion } from "../support/own-questions.ts";
import { type RawUpstream, startRawUpstream, type Visit } from "../support/raw-upstream.ts";

/** One way to run the exporter, in front of an upstream that each test scripts. */
export interface Stage {
  /** Where clients connect. */
  readonly url: string;
  readonly upstream: RawUpstream;
  readonly exporter: RunningExporter;
  /** What the upstream does from now on. */
  play(script: (visit: Visit) => void): void;
}

/**
 * Declares the same tests for each target; what the exporter asks for itself is answered.
 *
 * @param args further flags
 */
export function onEveryTarget(
  subject: string,
  declare: (stage: Stage) => void,
  args: readonly string[] = [],
): void {
  for (const target of TARGETS) {
    const reason = missing(target);
    describe.skipIf(reason !== undefined)(
      `${subject} on ${target}${reason === undefined ? "" : ` (${reason})`}`,
      () => {
        let script: ((visit: Visit) => void) | undefined;
        let upstream: RawUpstream;
        let exporter: RunningExporter;
        beforeAll(async () => {
          if (target === "binary") await buildBinary();
          upstream = await startRawUpstream((visit) => {
            if (!answerOwnQuestion(visit)) script?.(visit);
          });
          exporter = await startExporter({ target, upstream: upstream.url, args });
          await exporter.says(/Ollama 0\.24\.0 answers/);
        }, 30_000);
        afterAll(async () => {
          await exporter.stop();
          await upstream.stop();
        });
        declare({
          get url() {
            return exporter.url;
          },
          get upstream() {
            return upstream;
          },
          get exporter() {
            return exporter;
          },
          play(next) {
            script = next;
          },
        });
      },
    );
  }
}
