import { ownQuestion } from "../proxy/own-question.ts";
import type { Upstream } from "../proxy/upstream.ts";
import { boundedJson } from "./bounded-json.ts";

/** A question to Ollama, under way or over. */
export interface Question<Value> {
  /** Milliseconds on the asker's clock. */
  readonly askedAt: number;
  /** Whether the head of an answer has come. */
  answered: boolean;
  /** Milliseconds that it took; undefined while it is under way. */
  took?: number;
  /** What the answer says; absent if none came or it could not be read. */
  value?: Value;
}

export interface Asking {
  readonly upstream: Upstream;
  /** Gives the question up. */
  readonly signal: AbortSignal;
  now(): number;
}

/**
 * Asks, and fills the question in as things become known. Resolves when it is over; never rejects.
 *
 * @param read gives undefined for what cannot be read
 */
export async function ask<Value>(
  question: Question<Value>,
  path: string,
  read: (json: unknown) => Value | undefined,
  { upstream, signal, now }: Asking,
): Promise<void> {
  const answered = async (): Promise<Value | undefined> => {
    const answer = await upstream.send(path, ownQuestion(upstream, signal));
    if (signal.aborted) return undefined;
    question.answered = true;
    return answer.status === 200 ? read(await boundedJson(answer.body)) : undefined;
  };
  const value = await Promise.race([answered().catch(() => undefined), aborted(signal)]);
  question.took = now() - question.askedAt;
  if (value !== undefined) question.value = value;
}

/** Not all that an answer waits for can be given up: the search for `localhost` goes on. */
function aborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    signal.addEventListener("abort", () => resolve(undefined), { once: true });
  });
}
