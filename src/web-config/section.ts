import { nearest } from "../messages/nearest.ts";
import { escaped } from "../messages/quoted.ts";

/** Makes the error for a mistake in the file, from what goes on after the file's name. */
export type Mistake = (problem: string) => Error;

/** A mapping of the file whose fields are known, by name. */
export type Section = Readonly<Record<string, unknown>>;

export interface SectionFields {
  /** Where it stands, with a dot at its end; empty for the whole file. */
  readonly at: string;
  readonly known: readonly string[];
  /** Fields of the format that we have no use for, which would make a promise. */
  readonly unsupported?: readonly string[];
}

/** Takes a value for a mapping with these fields; throws a mistake. Absent and empty are no fields. */
export function sectionOf(value: unknown, fields: SectionFields, mistake: Mistake): Section {
  const { at, known, unsupported = [] } = fields;
  const section = mappingOf(value, at, mistake);
  for (const name of Object.keys(section)) {
    if (known.includes(name)) continue;
    if (unsupported.includes(name)) {
      throw mistake(`${at}${name} is not supported: leave it out`);
    }
    const guess = nearest(name, known);
    const remedy = guess === undefined ? `known are ${known.join(", ")}` : `did you mean ${guess}?`;
    throw mistake(`unknown field ${at}${escaped(name)}; ${remedy}`);
  }
  return section;
}

/** Takes a value for a mapping with any fields; throws a mistake. */
export function mappingOf(value: unknown, at: string, mistake: Mistake): Section {
  if (value === undefined || value === null) return {};
  if (typeof value === "object" && !Array.isArray(value)) return value as Section;
  const what = at === "" ? "the file" : at.slice(0, -1);
  throw mistake(`${what} is not a mapping: write one \`name: value\` per line`);
}

/** A field that is a text; undefined if it is absent. Throws a mistake. */
export function textOf(
  section: Section,
  name: string,
  at: string,
  mistake: Mistake,
): string | undefined {
  const value = section[name];
  if (value === undefined || value === null || value === "") return undefined;
  if (typeof value === "string") return value;
  throw mistake(`${at}${name} is not a text: put it in quotes`);
}
