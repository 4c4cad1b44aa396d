import { expected } from "./expected.ts";
import type { Running } from "./program.ts";

interface Ending {
  readonly name: string;
  check(exporter: Running): Promise<void>;
}

const byTerm: Ending = {
  name: "SIGTERM ends it with 0",
  async check(exporter) {
    const { code } = await exporter.end("SIGTERM");
    if (code !== 0) throw expected("exit code 0 after SIGTERM", `exit code ${code}`);
  },
};

const byKill: Ending = {
  name: "it can be killed (Windows has no SIGTERM)",
  async check(exporter) {
    // The log ends when the child is gone, too, that it started itself anew in.
    await exporter.end("SIGKILL");
  },
};

/** How it is ended here. */
export const ends = process.platform === "win32" ? byKill : byTerm;
