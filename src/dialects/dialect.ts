import type { Answer, SkipReason } from "../exchange.ts";

/** One API in which clients ask for an answer. */
export interface Dialect {
  readonly name: string;
  readonly method: string;
  /** Exactly this path, without the query. */
  readonly path: string;
  /** Starts reading the text of one answer. */
  read(answer: AnswerHead, tell: Findings): Scanner;
}

/** What the answer's head says of its body. */
interface AnswerHead {
  readonly contentType: string;
}

/** What a scanner finds, told as soon as it is known. */
export interface Findings {
  /** The first line with content, thinking or a tool call; never told of an answer in one piece. */
  firstToken(): void;
  /** The final object; told once at most. */
  answer(answer: Answer): void;
  skipped(reason: SkipReason): void;
}

/** Takes an answer's text in pieces, split anywhere. Pure: no stream, clock or registry inside. */
export interface Scanner {
  push(text: string): void;
  /** No more text comes; what is undecided is scanned now. */
  end(): void;
  /** Whether a clock waits for what comes next; if not, it may come late and in larger pieces. */
  readonly eager: boolean;
}
