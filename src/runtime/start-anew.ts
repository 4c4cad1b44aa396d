import process from "node:process";
import { endWithParent, startChild } from "./start-child.ts";

const VARIABLE = "BUN_CONFIG_MAX_HTTP_REQUESTS";

/** The most that Bun accepts. */
const MOST_REQUESTS = "65336";

/** As much as Go's server takes, and so Ollama; Bun's own limit is 16 KiB. The build sets it too. */
const HEAD_SIZE = "--max-http-header-size";
const MOST_HEAD = 1024 * 1024;

/**
 * Bun's fetch runs 256 requests at once and lets the others wait in silence. It reads the limit when
 * the process starts, so the process starts once more: in its own place and under its own id, or on
 * Windows, which has no exec, as a child. What the user has set is kept. Resolves in the process
 * that is to run the program.
 */
export async function startAnew(): Promise<void> {
  if ("Deno" in globalThis) return;
  const windows = process.platform === "win32";
  const limit = process.env[VARIABLE] ?? "";
  const flags = missingFlags();
  // On Windows the limit alone decides, so that no child can ever have a child.
  if (limit !== "" && (windows || flags.length === 0)) {
    if (windows) endWithParent();
    return;
  }
  const args = argumentsWith(flags);
  const env = { ...process.env, [VARIABLE]: limit === "" ? MOST_REQUESTS : limit };
  try {
    if (windows) await startChild(process.execPath, args, env);
    else process.execve?.(process.execPath, [process.argv0, ...args], env);
  } catch {
    // As where /proc is not mounted: better 256 at once than none.
  }
}

/** A compiled program has its flags in itself. */
function missingFlags(): string[] {
  const sized = process.execArgv.some((flag) => flag.startsWith(HEAD_SIZE));
  return Bun.isStandaloneExecutable || sized ? [] : [`${HEAD_SIZE}=${MOST_HEAD}`];
}

function argumentsWith(flags: readonly string[]): string[] {
  const [, script = "", ...args] = process.argv;
  if (Bun.isStandaloneExecutable) return args;
  // One `--` after the script is Bun's own.
  return [...process.execArgv, ...flags, script, "--", ...args];
}
