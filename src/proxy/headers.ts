/**
 * Fields that speak of one connection and never travel on, RFC 9110 §7.6.1. `proxy-connection` is
 * non-standard but sent by old clients; the `proxy-auth*` fields are for the first proxy alone (§11.7).
 */
const HOP_BY_HOP = [
  "connection",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
] as const;

/** A copy without the hop-by-hop fields, those that `Connection` names included. */
function endToEnd(headers: Headers): Headers {
  const kept = new Headers(headers);
  for (const name of (headers.get("connection") ?? "").split(",")) {
    // Deleting by a name that is not a token would throw.
    if (/^[\w!#$%&'*+.^`|~-]+$/.test(name.trim())) kept.delete(name.trim());
  }
  for (const name of HOP_BY_HOP) kept.delete(name);
  return kept;
}

/** How the upstream is called by those who go straight to it. */
export interface UpstreamName {
  /** The value of the Host field. */
  readonly host: string;
  /** The Origin of a page that it would serve itself. */
  readonly origin: string;
}

/**
 * What goes upstream: `host` is the upstream's own, and `content-length` is written anew from what
 * the server has enforced. An `origin` that is the received Host's stays the same origin, for Ollama's
 * own CORS check to decide as it would have without us; any other passes.
 */
export function requestHeaders(
  headers: Headers,
  { host, origin }: UpstreamName,
  length: number | undefined,
): Headers {
  const out = endToEnd(headers);
  if (isSameOrigin(headers)) out.set("origin", origin);
  out.delete("content-length");
  out.set("host", host);
  if (length !== undefined) out.set("content-length", String(length));
  return out;
}

function isSameOrigin(headers: Headers): boolean {
  const origin = headers.get("origin");
  const host = headers.get("host");
  return host !== null && (origin === `http://${host}` || origin === `https://${host}`);
}

/** What goes back to the client. */
export function responseHeaders(headers: Headers): Headers {
  const out = endToEnd(headers);
  const length = contentLength(headers);
  if (length !== undefined) out.set("content-length", String(length));
  return out;
}

/**
 * The Content-Length in bytes; undefined where there is none or it is no number. Equal values in
 * several fields are one (RFC 9110 §8.6); the runtimes refuse unequal ones.
 */
export function contentLength(headers: Headers): number | undefined {
  const [length = "", ...others] = (headers.get("content-length") ?? "").split(/, */);
  const sound = /^\d+$/.test(length) && others.every((other) => other === length);
  return sound && Number(length) <= Number.MAX_SAFE_INTEGER ? Number(length) : undefined;
}
