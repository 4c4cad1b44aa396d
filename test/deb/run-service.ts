import { readFile } from "node:fs/promises";
import { UNIT_FILE } from "./installation.ts";
import { AS_ROOT } from "./machine.ts";

/** The first of those that systemd gives to units with DynamicUser (systemd.exec(5)). */
const USER = "61184";

export interface RunningService extends AsyncDisposable {
  /** Ends it as systemd does, and gives its exit code. */
  terminate(): Promise<number>;
  /** Resolves with all it said when it has ended. */
  readonly ended: Promise<string>;
}

/** Runs what the installed unit runs, with its variables, as a user without rights. */
export async function runService(): Promise<RunningService> {
  const unit = await readFile(UNIT_FILE, "utf8");
  const [, command = ""] = /^ExecStart=(.+)$/m.exec(unit) ?? [];
  const [, file = ""] = /^EnvironmentFile=-?(.+)$/m.exec(unit) ?? [];
  const variables = (await readFile(file, "utf8")).split("\n").filter((it) => /^\w+=/.test(it));
  const user = ["setpriv", `--reuid=${USER}`, `--regid=${USER}`, "--clear-groups"];
  const rights = ["--no-new-privs", "--bounding-set=-all", "--inh-caps=-all"];
  const process = Bun.spawn(
    [...AS_ROOT, ...user, ...rights, "env", "-i", ...variables, ...command.split(" ")],
    { stdin: "ignore", stdout: "ignore", stderr: "pipe" },
  );
  const ended = new Response(process.stderr).text();
  const terminate = (): Promise<number> => {
    process.kill("SIGTERM");
    return process.exited;
  };
  return {
    ended,
    terminate,
    async [Symbol.asyncDispose]() {
      // The second signal ends it at once.
      process.kill("SIGTERM");
      await terminate();
    },
  };
}
