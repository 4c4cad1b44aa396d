import { isIPv6 } from "node:net";
import type { CommandError } from "../errors.ts";
import { normalHostname } from "./hostname.ts";

export interface HostAndPort {
  /** Without brackets; empty when only a port is written. */
  readonly hostname: string;
  /** Absent when none is written. */
  readonly port: number | undefined;
}

/** Makes the error: what is wrong, and the remedy if it is not the usual one. */
export type Wrong = (problem: string, remedy?: string) => CommandError;

/** Reads `HOST`, `HOST:PORT`, `:PORT`, `[IPV6]:PORT` or nothing. Throws what `wrong` makes. */
export function readHostAndPort(text: string, wrong: Wrong): HostAndPort {
  const match = /^(\[.*\]|[^:]*)(?::([^:]*))?$/s.exec(bracketed(text, wrong));
  if (match === null) throw wrong("is not an address");
  const [, host = "", digits] = match;

  const hostname = host === "" ? "" : normalHostname(host);
  if (hostname === undefined) throw wrong("is not an address");
  if (digits === undefined) return { hostname, port: undefined };

  const port = /^\d+$/.test(digits) ? Number(digits) : Infinity;
  if (port > 65535) throw wrong("has a port that is not a number up to 65535");
  return { hostname, port };
}

/** `::1` can only be an address; `::1:8000` is one too, but means a port. */
function bracketed(text: string, wrong: Wrong): string {
  const [, address = "", port = ""] = /^(.*):(\d+)$/s.exec(text) ?? [];
  if (isIPv6(address)) throw wrong("lacks brackets", `[${address}]:${port.slice(0, 20)}`);
  return isIPv6(text) ? `[${text}]` : text;
}
