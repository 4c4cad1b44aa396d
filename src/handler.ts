/** The client's connection, as far as the exporter has a say in it. */
export interface Connection {
  /** The client's address, empty where the runtime cannot tell. */
  readonly client: string;
  /** From now on silence is normal: a model may load for ten minutes. */
  hold(): void;
  /** The answer is complete: from now on silence means an idle connection. */
  release(): void;
}

/** Answers one request. Never rejects. */
export type Handler = (request: Request, connection?: Connection) => Promise<Response>;

/** A request that came from nowhere, as in a test that calls the handler itself. */
export const detached: Connection = { client: "", hold() {}, release() {} };
