import type { Source } from "../config.ts";
import { type CommandError, usageError } from "../errors.ts";
import { quoted } from "../messages/quoted.ts";

/**
 * A usage error in one line: where the value came from, the value, what is wrong with it and the
 * remedy.
 * @param problem goes on after the value: `is not an address`
 * @param remedy goes on after `use`: `HOST:PORT`
 * @param example a value that works, shown as it is written for this source
 */
export function wrongValue(
  source: Source,
  value: string,
  problem: string,
  remedy: string,
  example?: string,
): CommandError {
  const name = source.startsWith("--") ? `${source} ` : `${source}=`;
  const asIn = example === undefined ? "" : `, as in ${name}${example}`;
  return usageError(`${source} ${quoted(value)} ${problem}: use ${remedy}${asIn}`);
}
