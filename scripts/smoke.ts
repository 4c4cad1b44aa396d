/**
 * `bun scripts/smoke.ts [--under "qemu-aarch64 -L /usr/aarch64-linux-gnu"] [--] PROGRAM`: tries one
 * program as a user would, in front of an upstream of our own. Needs nothing but Bun, on any system.
 */
import { CommandError } from "../src/errors.ts";
import { clearProxyVariables } from "./demo/proxy-variables.ts";
import { readArguments, USAGE } from "./smoke/arguments.ts";
import { createDeadline } from "./smoke/deadline.ts";
import { programOf } from "./smoke/program.ts";
import { smoke } from "./smoke/smoke.ts";

/** As shells tell of a process that a signal ended; its children end with it. */
const INTERRUPTED = { SIGHUP: 129, SIGINT: 130, SIGTERM: 143 } as const;

for (const [signal, code] of Object.entries(INTERRUPTED)) {
  process.on(signal, () => {
    console.error("smoke interrupted");
    process.exit(code);
  });
}

async function run(words: readonly string[]): Promise<number> {
  const { help, command, emulated, time } = readArguments(words);
  if (help) {
    console.log(USAGE);
    return 0;
  }
  clearProxyVariables();
  using deadline = createDeadline(time);
  const program = programOf(command, emulated, deadline);
  return (await smoke(program, deadline, (line) => console.log(line))) ? 0 : 1;
}

try {
  process.exit(await run(process.argv.slice(2)));
} catch (error) {
  if (!(error instanceof CommandError)) throw error;
  console.error(`smoke: ${error.message}`);
  process.exit(error.exitCode);
}
