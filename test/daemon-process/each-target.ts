import { beforeAll, describe } from "bun:test";
import {
  buildBinary,
  missing,
  type RunningExporter,
  startExporter,
  TARGETS,
} from "../support/exporter.ts";

/** Starts the exporter of a target in front of an upstream. */
type Start = (upstream: { readonly url: string }) => Promise<RunningExporter>;

/** Declares the same tests for the program from source, compiled and on Deno. */
export function onEachTarget(subject: string, declare: (start: Start) => void): void {
  for (const target of TARGETS) {
    const reason = missing(target);
    const name = `${subject} on ${target}${reason === undefined ? "" : ` (${reason})`}`;
    describe.skipIf(reason !== undefined)(name, () => {
      beforeAll(async () => {
        if (target === "binary") await buildBinary();
      }, 60_000);
      declare(({ url }) => startExporter({ target, upstream: url, args: [] }));
    });
  }
}
