import type { Handler } from "../handler.ts";
import type { Send } from "../proxy/upstream.ts";
import type { Tls } from "../tls.ts";
import type { VerifyPassword } from "../web-config/basic-auth.ts";

/** What the program needs of the runtime it stands on. Nothing else may name Bun or Deno. */
export interface Runtime {
  /** Name and version, as in `bun 1.4.5`. */
  readonly name: string;
  readonly send: Send;
  /**
   * Starts to accept connections.
   *
   * @param hostname a name or address; empty for every interface, IPv4 and IPv6
   * @param tls speaks TLS; plain text without it
   * @throws an error with a `code` such as EADDRINUSE
   */
  listen(hostname: string, port: number, handler: Handler, tls?: Tls): Promise<Listener>;
  /** Absent where the runtime has neither bcrypt nor client certificates, so no web config file. */
  readonly verifyPassword?: VerifyPassword;
  /** Whether a file is there; false, without a question at the terminal, where we may not look. */
  exists(path: string): boolean;
  /** Keeps the process alive when a promise is rejected, or an error thrown, where nobody looks. */
  onStrayError(report: () => void): void;
}

export interface Listener {
  readonly port: number;
  /**
   * Shows another certificate from now on; what runs goes on. Throws, and goes on with the old one, if
   * it cannot be used.
   */
  renew(tls: Tls): void;
  /** Stops accepting, closes idle connections; resolves when the last running answer has ended. */
  drain(): Promise<void>;
  /** Cuts what is still running. */
  cut(): Promise<void>;
}
