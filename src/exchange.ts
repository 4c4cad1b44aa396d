/** The figures of a finished answer. A field is absent where the answer did not tell it. */
export interface Answer {
  /** `stop`, `length`, `load`, `unload` or whatever else Ollama says. */
  readonly doneReason?: string;
  /** Seconds. */
  readonly total?: number;
  readonly load?: number;
  readonly promptEval?: number;
  readonly eval?: number;
  /** Tokens. */
  readonly promptTokens?: number;
  readonly generatedTokens?: number;
}

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
  /** The label of a measured request. */
  model?: string;
  status?: number;
  /** Milliseconds, same clock: the first line with content, thinking or a tool call. */
  firstTokenAt?: number;
  answer?: Answer;
}
