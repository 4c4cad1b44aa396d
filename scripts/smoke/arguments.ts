import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { parseDuration } from "../../src/cli/duration.ts";
import { quoted } from "../../src/messages/quoted.ts";
import { usageError } from "../../src/errors.ts";

export interface Arguments {
  readonly help: boolean;
  /** What is started: the program, and what runs it before it. */
  readonly command: readonly string[];
  readonly emulated: boolean;
  /** Milliseconds for the whole. */
  readonly time: number;
}

export const USAGE = `bun scripts/smoke.ts [--under COMMAND] [--deadline DURATION] [--] PROGRAM

  PROGRAM              A file, or the name of a program on the PATH.
  --under COMMAND      What runs it, as in "qemu-aarch64 -L /usr/aarch64-linux-gnu".
  --deadline DURATION  How long the whole may take; 60s by default, 120s with --under.
`;

/** Reads the words of the command line. Throws a usage error at the first wrong one. */
export function readArguments(words: readonly string[]): Arguments {
  const { values, positionals } = parsed(words);
  if (values.help) return { help: true, command: [], emulated: false, time: 0 };
  const [program, ...others] = positionals;
  if (program === undefined || others.length > 0) {
    throw usageError(`give one program and not ${positionals.length}, as in\n\n${USAGE}`);
  }
  const under = (values.under ?? "").split(/\s+/).filter(Boolean);
  const emulated = under.length > 0;
  const time = parseDuration(values.deadline ?? (emulated ? "120s" : "60s"), "--deadline");
  return { help: false, command: [...under, located(program)], emulated, time };
}

function parsed(words: readonly string[]) {
  try {
    return parseArgs({
      args: [...words],
      allowPositionals: true,
      options: {
        help: { type: "boolean", short: "h", default: false },
        under: { type: "string" },
        deadline: { type: "string" },
      },
    });
  } catch (error) {
    throw usageError(error instanceof Error ? error.message : String(error));
  }
}

function located(program: string): string {
  if (existsSync(program)) return resolve(program);
  const found = Bun.which(program);
  if (found !== null) return found;
  throw usageError(`${quoted(program)} is neither a file nor a program on the PATH`);
}
