/**
 * `bun run soak [--duration 5m] [--json FILE]`: the compiled exporter under mixed traffic, with aborts,
 * upstream failures and scrapes. Fails when its memory, descriptors or series grow without bound, or
 * when a client gets anything but what it should.
 */
import { CommandError } from "../src/errors.ts";
import { clearProxyVariables } from "./demo/proxy-variables.ts";
import { problemsOf } from "./soak/judge.ts";
import { readOptions, USAGE } from "./soak/options.ts";
import { soak } from "./soak/soak.ts";
import { tableOf } from "./soak/table.ts";

/** As shells tell of a process that a signal ended. */
const INTERRUPTED = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

for (const [signal, code] of Object.entries(INTERRUPTED)) {
  process.on(signal, () => {
    console.error("soak interrupted");
    process.exit(code);
  });
}

async function run(words: readonly string[]): Promise<number> {
  const { duration, json, help } = readOptions(words);
  if (help) {
    console.log(USAGE);
    return 0;
  }
  clearProxyVariables();
  const findings = await soak(duration, (line) => console.log(line));
  const problems = problemsOf(findings);
  if (json !== undefined) await Bun.write(json, JSON.stringify({ problems, ...findings }, null, 1));
  console.log(`\n${tableOf(findings)}\n`);
  for (const wrong of findings.wrong.slice(0, SHOWN)) console.log(`wrong: ${wrong}`);
  console.log(problems.length === 0 ? "soak passed" : `soak failed: ${problems.join("; ")}`);
  return problems.length === 0 ? 0 : 1;
}

/** Wrong answers. */
const SHOWN = 10;

try {
  process.exit(await run(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  console.error(`${error.exitCode === 2 ? "soak" : "soak failed"}: ${error.message}`);
  process.exit(error.exitCode);
}
