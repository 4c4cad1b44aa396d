import process from "node:process";

const VARIABLE = "BUN_CONFIG_MAX_HTTP_REQUESTS";

/** The most that Bun accepts. */
const MOST_REQUESTS = "65336";

/** As much as Go's server takes, and so Ollama; Bun's own limit is 16 KiB. The build sets it too. */
const HEAD_SIZE = "--max-http-header-size=1048576";

/**
 * Bun's fetch runs 256 requests at once and lets the others wait in silence. It reads the limit when
 * the process starts, so the process starts once more in its own place, under its own id. A
 * value that the user has set is kept. Windows cannot do it, and keeps the limit.
 */
export function startAnew(): void {
  if (process.env[VARIABLE] !== undefined || process.platform === "win32") return;
  const [, script = "", ...args] = process.argv;
  // A compiled program finds its script in itself.
  const compiled = script.startsWith("/$bunfs/");
  const start = compiled ? [] : [...process.execArgv, HEAD_SIZE, script];
  process.execve?.(process.execPath, [process.argv0, ...start, ...args], {
    ...process.env,
    [VARIABLE]: MOST_REQUESTS,
  });
}
