import { type Ask, jobOf } from "../simulated-ollama/ask.ts";
import type { Model } from "../simulated-ollama/model.ts";
import { countsOf, createTally } from "../simulated-ollama/tally.ts";
import type { AnswerReader } from "./answer-reader.ts";
import { expectAnswer, expectThat, textOf } from "./expect.ts";

/** Something to ask a model, in the words of `/api/chat`. */
export interface Question extends Ask {
  readonly stream: boolean;
}

export function question(model: Model, turn: number, stream: boolean, tokens?: number): Question {
  return {
    model: model.name,
    messages: [{ role: "user", content: `Question ${turn % 97}: what is it?` }],
    stream,
    options: { seed: turn % 13, num_predict: tokens ?? 8 + ((turn * 7) % 41) },
  };
}

/** The same in the words of `/api/generate`, which gives the same answer. */
export function asPrompt({ messages, ...rest }: Question): object {
  return { ...rest, prompt: messages[0]?.content };
}

/** Throws unless the answer of chat or of generate is the one that the simulated Ollama gives. */
export function expectReply(answer: AnswerReader, asked: Question, model: Model): void {
  expectAnswer(answer, 200);
  const lines = textOf(answer).trimEnd().split("\n").map(readLine);
  const expected = replyTo(asked, model);
  const text = lines.map((line) => line.text).join("");
  expectThat(text === expected.text, `the text is ${JSON.stringify(text.slice(0, 200))}`);
  const last = lines.at(-1);
  expectThat(last?.done === true, "the last object is not final");
  expectThat(
    last?.tokens === expected.tokens,
    `${String(last?.tokens)} tokens, not ${expected.tokens}`,
  );
}

/** Thoughts and content in their order. */
function replyTo(asked: Question, model: Model): { text: string; tokens: number } {
  const job = jobOf(asked, model, countsOf(createTally(), "/api/chat", model.name));
  const pieces = [...Iterator.from(job.pieces).take(job.limit)];
  const part = (of: "thinking" | "content"): string => pieces.map((piece) => piece[of]).join("");
  return { text: part("thinking") + part("content"), tokens: pieces.length };
}

function readLine(line: string): { text: string; done: unknown; tokens: unknown } {
  const fields = JSON.parse(line);
  const { content = fields.response, thinking = fields.thinking } = fields.message ?? {};
  return {
    text: `${thinking ?? ""}${content ?? ""}`,
    done: fields.done,
    tokens: fields.eval_count,
  };
}
