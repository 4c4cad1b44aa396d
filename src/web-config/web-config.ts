import type { Tls } from "../tls.ts";

/** What a web config file says, in the format that Prometheus' exporters share. */
export interface WebConfig {
  /** For the listener that carries our own paths. */
  readonly tls?: Tls;
  /** Fields of every answer of our own. */
  readonly headers: ReadonlyMap<string, string>;
  /** bcrypt hashes by user; empty where nobody has to say who they are. */
  readonly users: ReadonlyMap<string, string>;
}
