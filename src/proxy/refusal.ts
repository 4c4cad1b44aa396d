import { contentLength } from "./headers.ts";

/**
 * The answer to a request that fetch would not send as it is; sending something else would be worse.
 * Undefined for all others.
 */
export function refusal({ method, headers }: Request): Response | undefined {
  if (method === "TRACE" || method === "CONNECT") {
    // The bytes of Ollama's own answer to a method that it does not know.
    return new Response("405 method not allowed", {
      status: 405,
      headers: { "content-type": "text/plain" },
    });
  }
  if ((method === "GET" || method === "HEAD") && announcesBody(headers)) {
    return errorResponse(400, `ollama-exporter cannot forward a ${method} request with a body`);
  }
  return undefined;
}

/** An error in the shape of Ollama's own. */
export function errorResponse(
  status: number,
  message: string,
  fields: Readonly<Record<string, string>> = {},
): Response {
  return new Response(JSON.stringify({ error: message }), {
    status,
    headers: { ...fields, "content-type": "application/json; charset=utf-8" },
  });
}

/** A length that cannot be read announces one too. */
function announcesBody(headers: Headers): boolean {
  return (
    headers.has("transfer-encoding") ||
    (headers.has("content-length") && contentLength(headers) !== 0)
  );
}
