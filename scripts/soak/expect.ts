import type { AnswerReader } from "./answer-reader.ts";

/** Throws unless the answer is whole and has this status, and this body if one is given. */
export function expectAnswer(answer: AnswerReader, status: number, body?: string | Buffer): void {
  if (answer.status !== status) throw new Error(`status ${answer.status} instead of ${status}`);
  if (!answer.whole) throw new Error("the answer is cut");
  if (body === undefined) return;
  const got = Buffer.concat(answer.body);
  if (!got.equals(Buffer.from(body))) throw new Error(`a wrong body: ${excerpt(got)}`);
}

/** Throws unless the answer shows that it broke. */
export function expectBroken(answer: AnswerReader): void {
  if (answer.whole && answer.status !== 502)
    throw new Error(`a broken answer looks whole, with status ${answer.status}`);
}

/** Throws unless it is so. */
export function expectThat(isSo: boolean, otherwise: string): void {
  if (!isSo) throw new Error(otherwise);
}

export function textOf(answer: AnswerReader): string {
  return Buffer.concat(answer.body).toString();
}

function excerpt(bytes: Buffer): string {
  return `${bytes.length} bytes, ${JSON.stringify(bytes.toString("latin1", 0, 200))}`;
}
