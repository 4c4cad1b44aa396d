import type { ArgsDef, CommandDef } from "citty";
import { usageError } from "../errors.ts";
import { readFlag } from "./flag-words.ts";
import { nearest } from "../messages/nearest.ts";
import { quoted } from "../messages/quoted.ts";

/** As citty defines it, with its flags at hand: the common ones and its own. */
export type Command = Omit<CommandDef, "args"> & { readonly args: ArgsDef };

/** By the name that stands on the command line; the one that needs no name is `""`. */
export type Commands = Readonly<Record<"", Command> & Record<string, Command>>;

export interface CommandLine {
  readonly command: Command;
  readonly action: "run" | "help" | "version";
  /**
   * The flags, once each, as `--name=value`: the only form that citty never loses. After them the word
   * that is no flag, if the command takes one.
   */
  readonly args: string[];
}

const ACTIONS = new Map<string, "help" | "version">([
  ["--help", "help"],
  ["-h", "help"],
  ["--version", "version"],
  ["-v", "version"],
]);

/** Reads the words after the program's name. Throws a usage error at the first wrong one. */
export function readCommandLine(words: readonly string[], commands: Commands): CommandLine {
  const name = commandName(words, commands);
  const command = commands[name] ?? commands[""];
  const flags = new Map<string, string>();
  const takesWord = Object.values(command.args).some(({ type }) => type === "positional");
  let named = name === "";
  let operand: string | undefined;

  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    const action = ACTIONS.get(word);
    if (action !== undefined) return { command, action, args: [] };
    if (!word.startsWith("-")) {
      if (!named && word === name) named = true;
      else if (named && takesWord && operand === undefined) operand = word;
      else throw unexpected(word, name, commands);
      continue;
    }
    const [bare = ""] = word.split("=", 1);
    if (ACTIONS.has(bare))
      throw usageError(`${bare} takes no value: leave out the "=" and the rest`);
    const flag = readFlag(word, words[at + 1], command.args, helpOf(name));
    if (flags.has(flag.name)) throw usageError(`--${flag.name} is given twice: leave one out`);
    flags.set(flag.name, flag.value);
    if (flag.tookNext) at++;
  }
  const args = Array.from(flags, ([flag, value]) => `--${flag}=${value}`);
  if (operand !== undefined) args.push(operand);
  return { command, action: "run", args };
}

/**
 * The first word that is neither a flag nor a flag's value, if it names a command. It is found
 * before any flag is judged, because its own flags may stand in front of it.
 */
function commandName(words: readonly string[], commands: Commands): string {
  const takesValue = new Set(
    Object.values(commands).flatMap(({ args }) =>
      Object.keys(args).flatMap((flag) => (args[flag]?.type === "string" ? [`--${flag}`] : [])),
    ),
  );
  const first = words.find((word, at) => {
    return !word.startsWith("-") && !takesValue.has(words[at - 1] ?? "");
  });
  return first !== undefined && Object.hasOwn(commands, first) ? first : "";
}

function unexpected(word: string, name: string, commands: Commands): Error {
  if (name !== "") {
    return usageError(`unexpected argument ${quoted(word)}. See ${helpOf(name)}`);
  }
  const guess = nearest(word, Object.keys(commands).filter(Boolean));
  const hint = guess === undefined ? "." : `; did you mean ${guess}?`;
  return usageError(`unknown command ${quoted(word)}${hint} See ${helpOf(name)}`);
}

/** What to type for the help of a command. */
function helpOf(name: string): string {
  return name === "" ? "ollama-exporter --help" : `ollama-exporter ${name} --help`;
}
