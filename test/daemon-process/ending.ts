import { runProgram, type Target } from "../support/exporter.ts";

export interface End {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const RUNS_ON = /the upstream (?:does not answer|answers)|Ollama \S+ answers/;

/** One line for the person at the command line, and no log. */
export const ONE_LINE = /^ollama-exporter: [^\n]+\n$/;

/** Runs the program, which has to end by itself; rejects if it serves instead. */
export async function end(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  target: Target = "source",
): Promise<End> {
  await using program = runProgram({ target, args, env });
  const served = program.says(RUNS_ON).then(
    () => Promise.reject(new Error(`the program runs on:\n${program.stderr()}`)),
    () => program.exited,
  );
  return await Promise.race([program.exited, served]);
}
