import process from "node:process";
import { runCommand } from "citty";
import { CommandError } from "../errors.ts";
import { REVISION, VERSION } from "../version.ts";
import { type Commands, readCommandLine } from "./command-line.ts";
import type { Environment } from "./environment.ts";
import { helpText } from "./help.ts";
import { withOwnNames } from "./other-names.ts";

/** Where text goes as it is; a line brings its own newline. */
export interface Output {
  stdout(text: string): void;
  stderr(text: string): void;
}

/** Does what the command line says. Gives the exit code; never rejects, never prints a stack. */
export async function execute(
  words: readonly string[],
  commands: Commands,
  env: Environment,
  io: Output,
): Promise<number> {
  try {
    const { command, action, args } = readCommandLine(withOwnNames(words), commands);
    if (action === "help") {
      const colors = process.stdout.isTTY && !env["NO_COLOR"];
      io.stdout(await helpText(command, commands, colors));
      return 0;
    }
    if (action === "version") {
      io.stdout(`ollama-exporter ${VERSION} (${REVISION})\n`);
      return 0;
    }
    const { result } = await runCommand(command, { rawArgs: args });
    return typeof result === "number" ? result : 0;
  } catch (error) {
    io.stderr(`ollama-exporter: ${messageOf(error)}\n`);
    return error instanceof CommandError ? error.exitCode : 1;
  }
}

function messageOf(error: unknown): string {
  if (error instanceof CommandError) return error.message;
  const [line = ""] = (error instanceof Error ? error.message : String(error)).split(/\r?\n/);
  return `unexpected error: ${line}`;
}
