import type { Piece, ToolCall } from "./piece.ts";
import { between, type Random } from "./random.ts";
import { type Schema, schemaSample } from "./schema-sample.ts";
import { words } from "./words.ts";

export interface Tool {
  readonly function?: { readonly name?: string; readonly parameters?: Schema };
}

export interface Question {
  readonly thinks: boolean;
  /** Called when given. */
  readonly tool: Tool | undefined;
  /** `"json"`, a schema, or nothing. */
  readonly format: unknown;
  /** Fewest and most tokens of plain text. */
  readonly length: readonly [number, number];
}

/** The answer, one piece per token. Nothing is computed before it is asked for. */
export function* answer(question: Question, random: Random): Generator<Piece> {
  if (question.thinks) yield* thoughts(random);
  if (question.tool !== undefined) yield* toolCall(question.tool, random);
  else if (question.format) yield* structured(question.format, random);
  else yield* text(between(random, ...question.length), random);
  // The end-of-answer token counts and shows nothing.
  yield {};
}

function* text(length: number, random: Random): Generator<Piece> {
  const source = words(random);
  // The last of them is the end-of-answer token.
  for (let count = 1; count < length; count++) yield { content: source.next().value };
}

function* thoughts(random: Random): Generator<Piece> {
  const source = words(random);
  for (let left = between(random, 10, 20); left > 0; left--)
    yield { thinking: source.next().value };
  // In `chat-thinking` the closing tag takes three tokens, held back by the parser.
  for (let left = 3; left > 0; left--) yield {};
}

function* structured(format: unknown, random: Random): Generator<Piece> {
  const schema: Schema =
    typeof format === "object" && format !== null
      ? format
      : { type: "object", properties: { answer: {} } };
  const json = JSON.stringify(schemaSample(schema, random));
  for (const [content] of json.matchAll(/\w+|\W/g)) yield { content };
}

function* toolCall(tool: Tool, random: Random): Generator<Piece> {
  // In `chat-tools` the call takes 14 tokens and shows as one line at the last of them.
  for (let left = 13; left > 0; left--) yield {};
  const id = Array.from({ length: 8 }, () => between(random, 0, 35).toString(36)).join("");
  const call: ToolCall = {
    id: `call_${id}`,
    function: {
      index: 0,
      name: tool.function?.name ?? "",
      arguments: schemaSample({ type: "object", ...tool.function?.parameters }, random),
    },
  };
  yield { toolCalls: [call] };
}
