import { VERSION } from "../version.ts";
import type { Outgoing, Upstream } from "./upstream.ts";

/** A request that nobody sent to us: we ask for ourselves, and say so. */
export function ownQuestion(upstream: Upstream, signal: AbortSignal): Outgoing {
  const headers = new Headers({
    host: upstream.host,
    "user-agent": `ollama-exporter/${VERSION}`,
    // A proxy before Ollama would compress what fetch says it takes, and nothing is decoded here.
    "accept-encoding": "identity",
  });
  return { method: "GET", headers, body: null, signal };
}
