import { writeSync } from "node:fs";
import process from "node:process";
import { run } from "./cli/command.ts";
import { check } from "./daemon/check/check.ts";
import { healthcheck } from "./daemon/healthcheck.ts";
import { serve } from "./daemon/serve.ts";
import { KIT } from "./kit/kit.ts";

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
const deeds = { serve, healthcheck, check, kit: KIT };
process.exit(await run(process.argv.slice(2), process.env, io, deeds));
