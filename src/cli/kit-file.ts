import { usageError } from "../errors.ts";
import { nearest } from "../messages/nearest.ts";
import { quoted } from "../messages/quoted.ts";

/** The file of the kit that was asked for. Throws a usage error for none and for one that is not there. */
export function kitFile(asked: unknown, kit: Readonly<Record<string, string>>): string {
  const names = Object.keys(kit);
  const list = `${names.slice(0, -1).join(", ")} or ${names.at(-1)}`;
  if (typeof asked !== "string") {
    throw usageError(`print what? Use ${list}, as in ollama-exporter print ${names[0]}`);
  }
  const file = Object.hasOwn(kit, asked) ? kit[asked] : undefined;
  if (file !== undefined) return file;
  const guess = nearest(asked, names);
  const remedy = guess === undefined ? `use ${list}` : `did you mean ${guess}?`;
  throw usageError(`there is no ${quoted(asked)} to print: ${remedy}`);
}
