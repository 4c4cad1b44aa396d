/** A way from the clients to the upstream. */
export interface Proxy {
  readonly name: string;
  /** Name and version, as the program itself says it. */
  readonly version: string;
  readonly port: number;
  /** All processes that the work is done in; none for the straight way. */
  pids(): readonly number[];
  stop(): Promise<void>;
}

/** Starts a proxy in front of a port of this machine; undefined if the program is not here. */
export type StartProxy = (upstreamPort: number) => Promise<Proxy | undefined>;
