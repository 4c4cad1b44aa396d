import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { parseDuration } from "../../src/cli/duration.ts";
import { nearest } from "../../src/messages/nearest.ts";
import { escaped, quoted } from "../../src/messages/quoted.ts";
import { wrongValue } from "../../src/cli/wrong-value.ts";
import { usageError } from "../../src/errors.ts";

export interface Options {
  /** Milliseconds of mixed traffic; the probes before and after it take some 25 s more. */
  readonly duration: number;
  /** Where the figures go as JSON. */
  readonly json?: string;
  readonly help: boolean;
}

export const USAGE = `bun run soak [--duration DURATION] [--json FILE]

  --duration DURATION  How long the traffic runs, as in 90s, 5m or 1h; 5m by default.
  --json FILE          Write the figures and every sample there too.
`;

const FLAGS = ["--duration", "--json", "--help"] as const;
const DEFAULT_DURATION = 300_000;

/** Below this the quarters hold too few samples to tell a trend from noise. */
const SHORTEST = 30_000;

/** Reads the words of the command line. Throws a usage error at the first wrong one. */
export function readOptions(words: readonly string[]): Options {
  const given = new Map<string, string>();
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? "";
    if (word === "--help" || word === "-h") return { duration: DEFAULT_DURATION, help: true };
    const [flag = "", ...rest] = word.split("=");
    if (flag !== "--duration" && flag !== "--json") throw unknown(flag);
    if (given.has(flag)) throw usageError(`${flag} is given twice: leave one out`);
    const value = word.includes("=") ? rest.join("=") : words[++at];
    if (value === undefined || value === "" || value.startsWith("-")) throw missing(flag);
    given.set(flag, value);
  }
  const json = given.get("--json");
  const duration = given.get("--duration");
  return {
    duration: duration === undefined ? DEFAULT_DURATION : checkedDuration(duration),
    ...(json !== undefined && { json: checkedFile(json) }),
    help: false,
  };
}

function unknown(word: string): Error {
  if (!word.startsWith("-")) {
    return usageError(`unexpected argument ${quoted(word)}: the flags are ${FLAGS.join(", ")}`);
  }
  const guess = nearest(word, FLAGS);
  const remedy =
    guess === undefined ? `the flags are ${FLAGS.join(", ")}` : `did you mean ${guess}?`;
  return usageError(`unknown flag ${escaped(word)}: ${remedy}`);
}

function missing(flag: "--duration" | "--json"): Error {
  const example = flag === "--duration" ? "--duration 5m" : "--json soak.json";
  return usageError(`${flag} needs a value, as in ${example}`);
}

function checkedDuration(text: string): number {
  const duration = parseDuration(text, "--duration");
  if (duration >= SHORTEST) return duration;
  throw wrongValue("--duration", text, "is too short", "at least 30s", "5m");
}

/** Now, and not after an hour. */
function checkedFile(path: string): string {
  if (!existsSync(dirname(path))) {
    throw wrongValue("--json", path, "is in no folder that exists", "a file in one that does");
  }
  if (existsSync(path) && statSync(path).isDirectory()) {
    throw wrongValue("--json", path, "is a folder", "a file", "soak.json");
  }
  return path;
}
