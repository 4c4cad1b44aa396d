import { nearest } from "../messages/nearest.ts";
import { escaped } from "../messages/quoted.ts";
import type { Flag } from "./flags.ts";
import type { Source } from "../config.ts";

export type Environment = Readonly<Record<string, string | undefined>>;

/** A value before it is read. */
export interface Setting {
  readonly text: string;
  readonly source: Source;
}

const PREFIX = "OLLAMA_EXPORTER_";

/** The variables that set a flag, the stronger first. */
export function variablesOf(flag: Flag): string[] {
  const own = PREFIX + flag.name.toUpperCase().replaceAll("-", "_");
  return flag.otherVariable === undefined ? [own] : [own, flag.otherVariable];
}

/** What the environment says about a flag. An empty variable says nothing. */
export function settingFrom(env: Environment, flag: Flag): Setting | undefined {
  for (const source of variablesOf(flag)) {
    const text = env[source];
    if (text !== undefined && text !== "") return { text, source };
  }
  return undefined;
}

/** One warning for each variable that looks like one of ours and is none. Values are not shown. */
export function unknownVariables(env: Environment, flags: readonly Flag[]): string[] {
  const known = flags.flatMap(variablesOf);
  return Object.keys(env)
    .filter((name) => name.startsWith(PREFIX) && env[name] !== "" && !known.includes(name))
    .toSorted()
    .map((name) => {
      const guess = nearest(name, known);
      const remedy = guess === undefined ? "see ollama-exporter --help" : `did you mean ${guess}?`;
      return `unknown variable ${escaped(name)} is ignored; ${remedy}`;
    });
}
