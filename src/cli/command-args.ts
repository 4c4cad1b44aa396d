import type { ArgsDef } from "citty";
import { variablesOf } from "./environment.ts";
import { type Flag, FLAGS } from "./flags.ts";

/**
 * Flags as citty defines them. They have no defaults, so that a flag which was not given can be told
 * from one that was.
 */
export function argsOf(flags: readonly Flag[]): ArgsDef {
  return Object.fromEntries(
    flags.map((flag) => [
      flag.name,
      {
        type: flag.type,
        description: `${flag.description}\n${origin(flag)}`,
        ...(flag.hint === undefined ? {} : { valueHint: flag.hint }),
      },
    ]),
  );
}

/** All flags. */
export const commonArgs: ArgsDef = argsOf(Object.values(FLAGS));

/** Where the value comes from when the flag is not given. */
function origin(flag: Flag): string {
  const fallback = flag.default === undefined ? "No default" : `Default ${flag.default}`;
  return [fallback, variablesOf(flag).join(", ")].join("; ");
}
