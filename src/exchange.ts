/** The figures of a finished answer. A field is absent where the answer did not tell it. */
export interface Answer {
  /** `stop`, `length`, `load`, `unload` or whatever else Ollama says. */
  readonly doneReason?: string;
  /** Seconds. */
  readonly total?: number;
  readonly load?: number;
  readonly promptEval?: number;
  readonly eval?: number;
  /** What of the total is none of these: the wait for a slot, and overhead. */
  readonly queue?: number;
  /** Tokens. */
  readonly promptTokens?: number;
  /** Of the prompt's tokens those that were cached; 0 where Ollama says so. */
  readonly cachedTokens?: number;
  readonly generatedTokens?: number;
}

/** Why an answer is over; `other` for every word but these, and for none. */
export const DONE_REASONS = ["stop", "length", "load", "unload", "other"] as const;
export type DoneReason = (typeof DONE_REASONS)[number];

/** Why a measured request has no finished answer. */
export const FAILURE_REASONS = [
  /** The client left before the final object was seen. */
  "client_abort",
  /** No complete head of an answer came: refused, reset, garbage, half a head. */
  "upstream_unreachable",
  "upstream_4xx",
  "upstream_5xx",
  /** 3xx, or 2xx other than 200. */
  "unexpected_status",
  /** A line of the answer says that it failed. */
  "stream_error",
  /** The answer ended without its final object. */
  "truncated",
] as const;
export type FailureReason = (typeof FAILURE_REASONS)[number];

/** What became of a measured request: exactly one of these. */
export type Outcome = { readonly finished: DoneReason } | { readonly failed: FailureReason };

/** How an exchange ended; every exchange ends in exactly one of these ways. */
export type Ending =
  /** The client got everything that the upstream had to say. */
  | "complete"
  /** The client left before that. */
  | "client_abort"
  /** No answer's head came: refused, reset, unresolvable, not HTTP. */
  | "upstream_unreachable"
  /** The upstream broke off in mid-body. */
  | "truncated";

/** Why a line of an answer was not read. */
export type SkipReason =
  /** Longer than the scanner's cap. */
  | "too_long"
  /** Looks like a final object and is not JSON. */
  | "invalid_json"
  /** The answer's compression or the scanner itself failed; the rest of the answer is not read. */
  | "scan_failed";

/** One request and its answer: made on arrival, filled in as things become known. */
export interface Exchange {
  /** Milliseconds on the clock of `performance.now()`. */
  readonly arrivedAt: number;
  /** The client's address, empty where the runtime cannot tell. */
  readonly client: string;
  readonly method: string;
  /** As the client wrote it, without the query. */
  readonly path: string;
  /** The label of a measured request, the same from its arrival to its outcome. */
  model?: string;
  status?: number;
  /** Milliseconds, same clock: the first line with content, thinking or a tool call. */
  firstTokenAt?: number;
  answer?: Answer;
}
