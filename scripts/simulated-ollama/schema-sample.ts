import { between, type Random } from "./random.ts";
import { word } from "./words.ts";

export interface Schema {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
}

/** A value that fits a JSON schema of the plain kind: types, enums, objects and lists. */
export function schemaSample(schema: Schema, random: Random): unknown {
  if (schema.enum !== undefined) return schema.enum[between(random, 0, schema.enum.length - 1)];
  switch (schema.type) {
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, property]) => [
          name,
          schemaSample(property, random),
        ]),
      );
    case "array":
      return [schemaSample(schema.items ?? {}, random)];
    case "integer":
    case "number":
      return between(random, 1, 99);
    case "boolean":
      return random() < 0.5;
    default:
      return word(random);
  }
}
