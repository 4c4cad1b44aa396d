import type { Source, UpstreamAddress } from "../config.ts";
import { usageError } from "../errors.ts";
import { readHostAndPort, type Wrong } from "./host-and-port.ts";
import { wrongValue } from "./wrong-value.ts";

const FORMS = "HOST, HOST:PORT or http://HOST:PORT";
const EXAMPLE = "http://127.0.0.1:11434";

/** Where Ollama listens on every interface, a client comes in over loopback. */
const CONNECTABLE = new Map([
  ["", "127.0.0.1"],
  ["0.0.0.0", "127.0.0.1"],
  ["::", "::1"],
]);

/**
 * Reads an address as Ollama's own client reads OLLAMA_HOST. Throws a usage error, also where
 * Ollama only warns and goes on with a default.
 */
export function parseUpstream(text: string, source: Source): UpstreamAddress {
  if (text.includes("@")) {
    throw usageError(
      `${source} has user information, which is not sent: leave out all up to the "@"`,
    );
  }
  const wrong: Wrong = (problem, remedy) =>
    wrongValue(source, text, problem, remedy ?? FORMS, remedy === undefined ? EXAMPLE : undefined);

  const bare = text
    .trim()
    .replaceAll(/^["']+|["']+$/g, "")
    .trim();
  // The only host that Ollama's client looks for at another default, and only in these letters.
  const full = bare === "ollama.com" ? "https://ollama.com" : bare;
  const [, scheme, authority = "", path = ""] = /^(?:(.*?):\/\/)?([^/?#]*)(.*)$/s.exec(full) ?? [];

  const usualPort = defaultPort(scheme, wrong);
  const { hostname, port = usualPort } = readHostAndPort(authority, wrong);
  if (port === 0) throw wrong("has port 0, which cannot be connected to");
  return {
    protocol: scheme === "https" ? "https:" : "http:",
    hostname: CONNECTABLE.get(hostname) ?? hostname,
    port,
    basePath: readBasePath(path, wrong),
    source,
    value: text,
  };
}

function defaultPort(scheme: string | undefined, wrong: Wrong): number {
  if (scheme === undefined) return 11434;
  if (scheme === "http") return 80;
  if (scheme === "https") return 443;
  throw wrong("has an unknown scheme", "http:// or https://, in lower case");
}

function readBasePath(path: string, wrong: Wrong): string {
  if (/[?#]/.test(path)) throw wrong("has a query or a fragment");
  const base = path.replace(/\/+$/, "");
  if (base === "") return "";
  if (/[\s\p{Cc}\\]/u.test(base)) {
    throw wrong("has a space, a backslash or a control character in its path");
  }
  // What a URL parser would resolve or take for a host must not reach it.
  if (/\/(?:\.|%2e){0,2}(?:\/|$)/i.test(base)) {
    throw wrong(`has an empty, "." or ".." segment in its path`);
  }
  return new URL(base, "http://host").pathname;
}
