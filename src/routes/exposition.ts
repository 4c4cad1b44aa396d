import type { Metrics } from "../metrics/metrics.ts";
import type { StateReader } from "../state/state-reader.ts";
import { scrapeDeadline } from "./scrape-deadline.ts";

const TIMEOUT = "x-prometheus-scrape-timeout-seconds";

/** `GET /metrics`: the exposition, with what Ollama says meanwhile; HEAD is its head alone. */
export async function exposition(
  request: Request,
  metrics: Metrics,
  state?: StateReader,
): Promise<Response> {
  if (state) metrics.observed(await state.read(scrapeDeadline(request.headers.get(TIMEOUT))));
  const { text, contentType } = await metrics.exposition(request.headers.get("accept"));
  const body = new TextEncoder().encode(text);
  return new Response(request.method === "HEAD" ? null : body, {
    headers: {
      "content-type": contentType,
      "content-length": String(body.byteLength),
      vary: "Accept",
    },
  });
}
