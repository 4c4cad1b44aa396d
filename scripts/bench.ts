/**
 * `bun run bench`: the same work straight to an upstream, through our compiled binary and through
 * each peer on the PATH, in turn and in rounds; prints medians and ratios. Under five minutes.
 */
import { parseArgs } from "node:util";
import { machine } from "./bench/machine.ts";
import { programOf } from "./bench/proxies/peer.ts";
import { summarize } from "./bench/results.ts";
import { runBench } from "./bench/run.ts";
import { save } from "./bench/save.ts";
import { table } from "./bench/table.ts";

interface Arguments {
  /** Everything that was measured, instead of the table. */
  readonly json: boolean;
  /** Renews RESULTS.md and its plot. */
  readonly save: boolean;
  readonly rounds: number;
  readonly only: string | undefined;
}

function readArguments(): Arguments {
  const { values } = parseArgs({
    options: {
      json: { type: "boolean", default: false },
      save: { type: "boolean", default: false },
      rounds: { type: "string", default: "3" },
      only: { type: "string" },
    },
  });
  if (values.save && (values.only !== undefined || values.json)) {
    throw new RangeError("--save keeps a whole run: give it without --only and --json");
  }
  for (const peer of values.save ? ["nginx", "haproxy"] : []) {
    if (programOf(peer) === null) throw new RangeError(`--save needs ${peer}: install it first`);
  }
  const rounds = Number(values.rounds);
  if (!Number.isInteger(rounds) || rounds < 1) {
    throw new RangeError(`--rounds is "${values.rounds}": give a whole number from 1 on`);
  }
  return { json: values.json, save: values.save, rounds, only: values.only };
}

async function bench(wanted: Arguments, signal: AbortSignal): Promise<void> {
  const { rounds, only } = wanted;
  const begun = Date.now();
  const { results, versions } = await runBench({ rounds, only, signal, onProgress: progress });
  const summaries = results.map(summarize);
  const seconds = Math.round((Date.now() - begun) / 1000);
  if (wanted.json) {
    const about = { machine: machine(), bun: Bun.version, versions, rounds, seconds };
    console.log(JSON.stringify({ ...about, summaries, results }, undefined, 2));
    return;
  }
  const proxies = Object.entries(versions).filter(([, version]) => version !== "");
  const said = proxies.map(([name, version]) => `${name} ${version}`).join(", ");
  const report = `${machine()}; bun ${Bun.version}; ${said}.
Medians of ${rounds} rounds, ${seconds} s.

${table(summaries)}`;
  console.log(`\n${report}`);
  if (wanted.save) await save(report, summaries);
}

function progress(text: string): void {
  console.error(text);
}

const interrupted = new AbortController();
for (const [name, code] of [
  ["SIGHUP", 129],
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const) {
  process.once(name, () => {
    process.exitCode = code;
    interrupted.abort(new Error(`ended by ${name}`));
  });
}
try {
  await bench(readArguments(), interrupted.signal);
} catch (error) {
  console.error(`bench: ${error instanceof Error ? error.message : String(error)}`);
  // What was asked for cannot be done, as elsewhere.
  process.exitCode ||= error instanceof RangeError || error instanceof TypeError ? 2 : 1;
}
process.exit();
