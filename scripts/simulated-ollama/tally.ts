export type CountedPath =
  | "/api/chat"
  | "/api/generate"
  | "/api/embed"
  | "/api/embeddings"
  | "/v1/chat/completions"
  | "/v1/completions"
  | "/v1/responses"
  | "/v1/embeddings"
  | "/v1/messages";

/** What really happened for one model on one path. Tokens and nanoseconds are of finished answers. */
export interface Counts {
  /** `finished` + `aborted` + `loads` + `refused` + those still running. */
  requests: number;
  finished: number;
  /** The client left first. */
  aborted: number;
  /** Answers that only load or unload. */
  loads: number;
  /** The model lacks what was asked of it. */
  refused: number;
  promptTokens: number;
  generatedTokens: number;
  totalDuration: number;
  loadDuration: number;
  promptEvalDuration: number;
  evalDuration: number;
}

/** By path, then by the short name of the model; requests that name no known model are nowhere. */
export type Tally = Readonly<Record<CountedPath, Record<string, Counts>>>;

export function createTally(): Tally {
  return {
    "/api/chat": {},
    "/api/generate": {},
    "/api/embed": {},
    "/api/embeddings": {},
    "/v1/chat/completions": {},
    "/v1/completions": {},
    "/v1/responses": {},
    "/v1/embeddings": {},
    "/v1/messages": {},
  };
}

export function countsOf(tally: Tally, path: CountedPath, model: string): Counts {
  return (tally[path][model] ??= {
    requests: 0,
    finished: 0,
    aborted: 0,
    loads: 0,
    refused: 0,
    promptTokens: 0,
    generatedTokens: 0,
    totalDuration: 0,
    loadDuration: 0,
    promptEvalDuration: 0,
    evalDuration: 0,
  });
}
