import { writeSync } from "node:fs";
import process from "node:process";
import { type Deeds, run } from "./cli/command.ts";
import { KIT_NAMES } from "./kit/names.ts";

/** Written at once, so that nothing is lost when the process exits. */
function write(descriptor: number, text: string): void {
  try {
    writeSync(descriptor, text);
  } catch {
    // Whoever was to read it is gone, as in `--help | head -1`.
  }
}

const io = {
  stdout: (text: string): void => write(1, text),
  stderr: (text: string): void => write(2, text),
};
// Each is loaded when it is called for, so that none pays for the others.
const deeds: Deeds = {
  serve: async (...given) => (await import("./daemon/serve.ts")).serve(...given),
  healthcheck: async (listen) => (await import("./daemon/healthcheck.ts")).healthcheck(listen),
  check: async (config) => (await import("./daemon/check/check.ts")).check(config),
  kit: { names: KIT_NAMES, read: async () => (await import("./kit/kit.ts")).KIT },
};
process.exit(await run(process.argv.slice(2), process.env, io, deeds));
