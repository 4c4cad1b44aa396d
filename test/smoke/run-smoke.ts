import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../scripts/build/root.ts";

/** The program from source. */
export const MAIN = `${ROOT}src/main.ts`;

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function smoke(...args: readonly string[]): Promise<Outcome> {
  const child = Bun.spawn([process.execPath, `${ROOT}scripts/smoke.ts`, ...args], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [code, stdout, stderr] = await Promise.all([
    child.exited,
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  return { code, stdout, stderr };
}

/** Tries the source with a flaw; gives the processes that are left, too. */
export async function smokeFlawed(
  flaw: string,
  ...args: readonly string[]
): Promise<Outcome & { left: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), "ollama-exporter-smoke-"));
  try {
    const preload = join(folder, "flaw.ts");
    await Bun.write(preload, flaw);
    const under = `${process.execPath} --preload ${preload}`;
    const outcome = await smoke("--under", under, ...args, "--", MAIN);
    return { ...outcome, left: await processesWith(folder) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The command lines that hold a text; none where there is no /proc. */
async function processesWith(text: string): Promise<string[]> {
  const entries = await readdir("/proc").catch(() => []);
  const lines = await Promise.all(
    entries
      .filter((entry) => /^\d+$/.test(entry))
      .map((pid) => readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "")),
  );
  return lines.filter((line) => line.includes(text));
}
