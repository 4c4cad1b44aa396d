import type { Answer } from "../exchange.ts";

type Maybe<T> = { readonly [K in keyof T]: T[K] | undefined };

/** An answer of the figures that are known. */
export function answerOf(figures: Maybe<Answer>): Answer {
  return Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== undefined));
}
