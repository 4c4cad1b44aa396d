import type { IncomingMessage } from "node:http";

import { Refusal } from "./refusal.ts";

/** A request type of Ollama's: its name and its fields' types as Go's errors spell them. */
export interface GoStruct {
  readonly name: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** The request's body as JSON, or the refusal that Go's decoder would give. */
export async function readJson<Body>(request: IncomingMessage, struct: GoStruct): Promise<Body> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString().trim();
  if (text === "") throw new Refusal(400, "missing request body");
  const body = parse(text);
  const kind = kindOf(body);
  if (kind !== "object")
    throw new Refusal(
      400,
      `json: cannot unmarshal ${kind} into Go value of type api.${struct.name}`,
    );
  checkFields(body, struct);
  return body;
}

// JSON.parse has no type to give: each route states the shape that it relies on.
function parse(text: string): ReturnType<typeof JSON.parse> {
  try {
    return JSON.parse(text);
  } catch {
    const isCut = /^[{[]/.test(text) && !/[}\]]$/.test(text);
    const message = `invalid character '${text.slice(0, 1)}' looking for beginning of value`;
    throw new Refusal(400, isCut ? "unexpected EOF" : message);
  }
}

function checkFields(body: object, struct: GoStruct): void {
  for (const [field, value] of Object.entries(body)) {
    const type = struct.fields[field];
    const kind = kindOf(value);
    if (type === undefined || kind === "null" || kind === kindOfType(type)) continue;
    const place = `Go struct field ${struct.name}.${field} of type ${type}`;
    throw new Refusal(400, `json: cannot unmarshal ${kind} into ${place}`);
  }
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value === "boolean" ? "bool" : typeof value;
}

function kindOfType(type: string): string {
  if (type.startsWith("[]")) return "array";
  if (type.startsWith("map[")) return "object";
  return type === "int" ? "number" : type;
}
