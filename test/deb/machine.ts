import { skipWithout } from "../support/skip-without.ts";

/** Where a package is installed. */
export interface Machine {
  /** Runs a command as root and gives what it says. Throws, with all it said, if it fails. */
  run(command: readonly string[], input?: string | Uint8Array): Promise<string>;
}

/** @param prefix what makes a command one of that machine's root */
export function machineOf(prefix: readonly string[]): Machine {
  return { run: (command, input) => runCommand([...prefix, "env", "LC_ALL=C", ...command], input) };
}

/** Runs a command to its end and gives its output. Throws, with all it said, if it fails. */
export async function runCommand(
  command: readonly string[],
  input: string | Uint8Array = "",
): Promise<string> {
  const process = Bun.spawn([...command], {
    stdin: Buffer.from(input),
    stdout: "pipe",
    stderr: "pipe",
  });
  const [stdout, stderr, code] = await Promise.all([
    new Response(process.stdout).text(),
    new Response(process.stderr).text(),
    process.exited,
  ]);
  if (code !== 0) throw new Error(`${command.join(" ")}: exit code ${code}\n${stdout}${stderr}`);
  return stdout;
}

/** What makes a command one of this machine's root: nothing if we are root. */
export const AS_ROOT: readonly string[] = process.getuid?.() === 0 ? [] : ["sudo", "-n"];

/** Why nothing can be run as root here; undefined if it can. */
export function skipWithoutRoot(): string | undefined {
  if (AS_ROOT.length === 0) return undefined;
  const sudo = skipWithout("sudo");
  if (sudo !== undefined || process.env["REQUIRE_ALL"] === "true") return sudo;
  const asked = Bun.spawnSync([...AS_ROOT, "true"], { stderr: "ignore" });
  return asked.success ? undefined : "skipped: sudo wants a password";
}
