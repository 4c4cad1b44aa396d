import { parseArgs, type ParseArgsConfig } from "node:util";
import { quoted } from "../../src/messages/quoted.ts";
import { CommandError, usageError } from "../../src/errors.ts";

type Options = NonNullable<ParseArgsConfig["options"]>;

interface Command<Own extends Options> {
  /** What its messages begin with. */
  readonly name: string;
  /** What `--help` says. */
  readonly usage: string;
  readonly options?: Own;
  /** How many words may be no options; none if it is not given. */
  readonly operands?: number;
}

const HELP = { help: { type: "boolean", short: "h" } } as const;

/**
 * Runs one of our scripts with the words of its command line, once all of them are known. A failure
 * is told in a line and ends the process: 2 if it was called wrongly, 1 otherwise.
 */
export async function runCommand<const Own extends Options>(
  command: Command<Own>,
  run: (given: Given<Own>) => Promise<number | void>,
): Promise<void> {
  try {
    const given = read(command, process.argv.slice(2));
    if ((given.values as { help?: boolean }).help) console.log(command.usage);
    else process.exitCode = (await run(given)) ?? 0;
  } catch (error) {
    // A mistake of ours, which nobody finds without its stack.
    if (error instanceof TypeError || error instanceof ReferenceError) throw error;
    console.error(`${command.name}: ${messageOf(error)}`);
    process.exit(error instanceof CommandError ? error.exitCode : 1);
  }
}

type Given<Own extends Options> = ReturnType<
  typeof parseArgs<{ options: Own & typeof HELP; allowPositionals: true }>
>;

function read<Own extends Options>(command: Command<Own>, words: string[]): Given<Own> {
  const { options, operands = 0 } = command;
  const given = parsed({ ...options, ...HELP } as Own & typeof HELP, words);
  const unexpected = given.positionals[operands];
  if (unexpected !== undefined) throw usageError(`unexpected argument ${quoted(unexpected)}`);
  return given;
}

function parsed<Own extends Options>(options: Own & typeof HELP, args: string[]): Given<Own> {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    // The rest says how an operand could begin with a dash.
    const [message = ""] = messageOf(error).split(". To specify");
    throw usageError(message);
  }
}

function messageOf(error: unknown): string {
  // A failed build has its reasons in it.
  if (error instanceof AggregateError) return error.errors.map(messageOf).join("\n");
  return error instanceof Error ? error.message : String(error);
}
