import type { Handler } from "../handler.ts";
import { type HostCheck, isWellFormedHost } from "../proxy/host-check.ts";

/**
 * A handler that only requests with a good Host reach; the rest gets the answers that Go's server and
 * Ollama give. Without a check, every well-formed Host is good.
 */
export function guarded(handler: Handler, check: HostCheck | undefined): Handler {
  return (request, connection) => {
    const host = request.headers.get("host") ?? "";
    if (!isWellFormedHost(host)) return Promise.resolve(malformed());
    if (check && !check(host)) return Promise.resolve(new Response(null, { status: 403 }));
    return handler(request, connection);
  };
}

function malformed(): Response {
  return new Response("400 Bad Request: malformed Host header", {
    status: 400,
    headers: { "content-type": "text/plain; charset=utf-8", connection: "close" },
  });
}
