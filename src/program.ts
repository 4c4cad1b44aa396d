import process from "node:process";
import { type Deeds, run } from "./cli/command.ts";
import { failure } from "./errors.ts";
import { KIT_NAMES } from "./kit/names.ts";
import { writeAll } from "./write-all.ts";

const io = {
  stdout(text: string): void {
    try {
      writeAll(1, text);
    } catch (error) {
      throw failure(
        `what it says cannot be written: ${error instanceof Error ? error.message : ""}`,
      );
    }
  },
  stderr(text: string): void {
    try {
      writeAll(2, text);
    } catch {
      // There is nobody left to tell.
    }
  },
};
// Each is loaded when it is called for, so that none pays for the others.
const deeds: Deeds = {
  serve: async (...given) => (await import("./daemon/serve.ts")).serve(...given),
  healthcheck: async (listen) => (await import("./daemon/healthcheck.ts")).healthcheck(listen),
  check: async (config) => (await import("./daemon/check/check.ts")).check(config),
  kit: { names: KIT_NAMES, read: async () => (await import("./kit/kit.ts")).KIT },
};
process.exit(await run(process.argv.slice(2), process.env, io, deeds));
