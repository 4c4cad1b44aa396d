import type { ArgDef, ArgsDef } from "citty";
import { usageError } from "../errors.ts";
import { choice } from "./choice.ts";
import { nearest } from "../messages/nearest.ts";
import { escaped } from "../messages/quoted.ts";

/** A flag as given, without its dashes. */
interface GivenFlag {
  readonly name: string;
  readonly value: string;
  /** The value was the next word. */
  readonly tookNext: boolean;
}

const checkBoolean = choice("boolean", ["true", "false"]);

/**
 * Reads a word that starts with a dash, and the next one if it is the value. Throws a usage error.
 * @param help what to type to see the flags
 */
export function readFlag(
  word: string,
  next: string | undefined,
  all: ArgsDef,
  help: string,
): GivenFlag {
  const args = flagsAmong(all);
  const [, written = word, value] = /^([^=]*)=(.*)$/s.exec(word) ?? [];
  const name = written.startsWith("--") ? written.slice(2) : "";

  const positive = name.startsWith("no-") ? name.slice(3) : "";
  if (!Object.hasOwn(args, name) && isBoolean(args, positive)) {
    if (value !== undefined) throw usageError(`${written} takes no value: use --${positive}`);
    return { name: positive, value: "false", tookNext: false };
  }
  if (!Object.hasOwn(args, name)) throw unknown(word, written, args, help);
  if (isBoolean(args, name)) {
    if (value === undefined && (next === "true" || next === "false")) {
      throw usageError(`${written} ${next} is two words: use ${written}=${next}`);
    }
    const checked = value === undefined ? "true" : checkBoolean(value, written);
    return { name, value: checked, tookNext: false };
  }
  if (value) return { name, value, tookNext: false };
  // A number with a sign is a wrong value rather than another flag.
  if (value === undefined && next && !/^-(?!\d)/.test(next)) {
    return { name, value: next, tookNext: true };
  }
  throw usageError(`${written} needs a value, as in ${written}=${hint(args[name])}`);
}

/** Without the word that a command takes. */
function flagsAmong(args: ArgsDef): ArgsDef {
  return Object.fromEntries(Object.entries(args).filter(([, { type }]) => type !== "positional"));
}

function isBoolean(args: ArgsDef, name: string): boolean {
  return Object.hasOwn(args, name) && args[name]?.type === "boolean";
}

function hint(arg: ArgDef | undefined): string {
  return arg?.valueHint?.toUpperCase() ?? "VALUE";
}

function unknown(word: string, written: string, args: ArgsDef, help: string): Error {
  // The value may have got into the flag's word, and it may hold a password.
  const [flag = ""] = /^-{1,2}[\w.-]*/.exec(word) ?? [];
  if (flag !== written) {
    return usageError(
      `${escaped(flag)} goes on with what no flag has: put a space or "=" before its value`,
    );
  }
  const negated = Object.keys(args).flatMap((name) =>
    isBoolean(args, name) ? [`no-${name}`] : [],
  );
  const known = [...Object.keys(args), ...negated, "help", "version"];
  const guess = nearest(written.replace(/^-+/, "").replaceAll(".", "-"), known);
  const hinted = guess === undefined ? "." : `; did you mean --${guess}?`;
  return usageError(`unknown flag ${escaped(written)}${hinted} See ${help}`);
}
