import type { Api } from "../apis.ts";
import type { Answer, SkipReason } from "../exchange.ts";

/** One API in which clients ask for an answer. */
export interface Dialect {
  /** What `--observe` calls it; several dialects may share one. */
  readonly api: Api;
  readonly method: string;
  /** Exactly this path, without the query. */
  readonly path: string;
  /**
   * Whose clock tells how long an answer took: Ollama's own figures, or ours where the API has none.
   */
  readonly clock: "ollama" | "ours";
  /** Starts reading the text of one answer. */
  read(answer: AnswerHead, tell: Findings): Scanner;
}

/** What the answer's head says of its body. */
export interface AnswerHead {
  readonly contentType: string;
}

/** What a scanner finds, told as soon as it is known. */
export interface Findings {
  /** The first line with content, thinking or a tool call; never told of an answer in one piece. */
  firstToken(): void;
  /** The final object; told once at most. */
  answer(answer: Answer): void;
  /** The answer says that it failed, after a head that said 200. */
  failed(): void;
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
