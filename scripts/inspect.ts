/**
 * `bun scripts/inspect.ts [--strict-signatures] [--programs FOLDER] [TARGET...]`: what the compiled
 * programs ask of a machine, without running them. Fails when one asks for more than it may.
 */
import { join } from "node:path";
import { usageError } from "../src/errors.ts";
import { programName, PROGRAMS } from "./build/programs.ts";
import { type Target, TARGETS } from "./build/targets.ts";
import { runCommand } from "./command/run-command.ts";
import { problemsOf } from "./inspect/compare.ts";
import { describeProgram } from "./inspect/describe.ts";
import type { ReleaseTarget } from "./inspect/expectations.ts";
import { readProgram } from "./inspect/program.ts";
import { describeTwins, twinsAmong } from "./inspect/twins.ts";

const USAGE = `bun scripts/inspect.ts [--strict-signatures] [--programs FOLDER] [TARGET...]

  TARGET               As linux_x64; all of them if none is given.
  --strict-signatures  macOS programs have been signed anew: nothing may be wrong with a signature.
  --programs FOLDER    Where the folders of the targets are; dist/programs by default.`;

interface Arguments {
  /** macOS programs have been signed anew: whatever is wrong with a signature now is a problem. */
  readonly strictSignatures: boolean;
  readonly folder: string;
  readonly targets: readonly ReleaseTarget[];
}

/** All of them if none is named. Throws a usage error at an unknown one. */
function targetsOf(names: readonly string[]): readonly ReleaseTarget[] {
  const known: readonly string[] = TARGETS.map(({ name }) => name);
  const unknown = names.find((name) => !known.includes(name));
  if (unknown !== undefined) {
    throw usageError(`unknown target ${unknown}: the targets are ${known.join(", ")}`);
  }
  return TARGETS.filter(({ name }) => names.length === 0 || names.includes(name));
}

/** Prints what it finds; resolves with what is wrong. */
async function inspect({ strictSignatures, folder, targets }: Arguments): Promise<string[]> {
  const read = (target: Target): Promise<Uint8Array> =>
    readWhole(join(folder, target.name, programName(target)));
  const problems: string[] = [];
  const readable: Target[] = [];
  for (const target of targets) {
    try {
      const content = await read(target);
      const facts = readProgram(content);
      readable.push(target);
      console.log(describeProgram(target.name, content.length, facts));
      for (const { what, found, expected } of problemsOf(target, facts, strictSignatures)) {
        problems.push(`${target.name}: ${what}: found ${found}, expected ${expected}`);
      }
    } catch (error) {
      problems.push(`${target.name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  for (const twins of twinsAmong(readable)) {
    const same = Buffer.compare(await read(twins.plain), await read(twins.baseline)) === 0;
    console.log(describeTwins(twins, same));
  }
  return problems;
}

async function readWhole(path: string): Promise<Uint8Array> {
  const file = Bun.file(path);
  if (!(await file.exists())) throw new Error(`no program at ${path}: run bun run build:all`);
  return file.bytes();
}

const COMMAND = {
  name: "inspect",
  usage: USAGE,
  options: {
    "strict-signatures": { type: "boolean", default: false },
    programs: { type: "string", default: PROGRAMS },
  },
  operands: TARGETS.length,
} as const;

await runCommand(COMMAND, async ({ values, positionals }) => {
  const problems = await inspect({
    strictSignatures: values["strict-signatures"],
    folder: values.programs,
    targets: targetsOf(positionals),
  });
  for (const problem of problems) console.error(`inspect: ${problem}`);
  return problems.length === 0 ? 0 : 1;
});
