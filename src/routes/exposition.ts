import type { Metrics } from "../metrics/metrics.ts";

/** `GET /metrics`: the exposition; HEAD is its head alone. */
export async function exposition(request: Request, metrics: Metrics): Promise<Response> {
  const { text, contentType } = await metrics.exposition();
  const body = new TextEncoder().encode(text);
  return new Response(request.method === "HEAD" ? null : body, {
    headers: { "content-type": contentType, "content-length": String(body.byteLength) },
  });
}
