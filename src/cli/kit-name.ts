import { usageError } from "../errors.ts";
import { nearest } from "../messages/nearest.ts";
import { quoted } from "../messages/quoted.ts";

/** Which file of the kit was asked for. Throws a usage error for none and for one that is not there. */
export function kitName(asked: unknown, names: readonly string[]): string {
  const list = `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
  if (typeof asked !== "string") {
    throw usageError(`print what? Use ${list}, as in ollama-exporter print ${names[0]}`);
  }
  if (names.includes(asked)) return asked;
  const guess = nearest(asked, names);
  const remedy = guess === undefined ? `use ${list}` : `did you mean ${guess}?`;
  throw usageError(`there is no ${quoted(asked)} to print: ${remedy}`);
}
