import type { Ending, Exchange } from "../exchange.ts";
import type { Connection } from "../handler.ts";
import { contentLength, requestHeaders, responseHeaders } from "./headers.ts";
import { errorResponse } from "./refusal.ts";
import { type Sink, tap } from "./tap.ts";
import { requestTarget } from "./target.ts";
import type { Outgoing, Upstream } from "./upstream.ts";

/** Follows an exchange without a hand in it. */
export interface Watcher {
  /** The answer's head has come. Returns who wants to see its bytes, if anybody does. */
  head(status: number, headers: Headers): Sink | undefined;
  /** Called exactly once. */
  end(ending: Ending): void;
}

export interface Forwarding {
  /** What goes upstream instead of the request's own body, which may have been read. */
  readonly body: Outgoing["body"];
  readonly exchange: Exchange;
  readonly upstream: Upstream;
  readonly connection: Connection;
  readonly watcher: Watcher;
}

/**
 * Sends a request upstream and hands the answer back as it comes. Resolves as soon as the answer's
 * head is there; 502 if none came. Whatever goes wrong later breaks the answer visibly.
 */
export async function forward(
  request: Request,
  { body, exchange, upstream, connection, watcher }: Forwarding,
): Promise<Response> {
  const { method, signal } = request;
  const onEnd = (ending: Ending): void => {
    connection.release();
    watcher.end(ending);
  };
  const fail = (ending: Ending): Response => {
    // Nobody is sent an answer who has left.
    if (ending !== "client_abort") exchange.status = 502;
    onEnd(ending);
    return errorResponse(502, "Ollama cannot be reached through ollama-exporter");
  };

  let answer: Response;
  try {
    const headers = requestHeaders(request.headers, upstream, contentLength(request.headers));
    answer = await upstream.send(requestTarget(request.url), { method, headers, body, signal });
  } catch (error) {
    return fail(signal.aborted || isAbort(error) ? "client_abort" : "upstream_unreachable");
  }

  const { status } = answer;
  if (status < 200 || status > 599) {
    await answer.body?.cancel().catch(() => {});
    return fail("upstream_unreachable");
  }
  const headers = responseHeaders(answer.headers);
  exchange.status = status;
  const sink = watcher.head(status, headers);
  if (answer.body === null || hasNoBody(method, status)) {
    sink?.close();
    onEnd("complete");
    // Bun would invent a length of 0.
    if (method === "HEAD" && contentLength(headers) === undefined) {
      headers.set("transfer-encoding", "chunked");
    }
    return new Response(null, { status, headers });
  }
  let passed: ReadableStream<Uint8Array>;
  try {
    passed = await tap(answer.body, { signal, length: contentLength(headers), sink, onEnd });
  } catch {
    sink?.close();
    return fail(signal.aborted ? "client_abort" : "truncated");
  }
  return new Response(passed, { status, headers });
}

function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}

/** RFC 9110 §6.4.1; Response refuses a body for these. */
function hasNoBody(method: string, status: number): boolean {
  return method === "HEAD" || status === 204 || status === 205 || status === 304;
}
