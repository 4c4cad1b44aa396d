import type { KnownUpstream } from "../state/state-reader.ts";
import { plainText } from "./plain-text.ts";

export const READY_PATH = "/-/ready";

export interface Readiness {
  /** Whether the end has begun: whoever can choose should go elsewhere. */
  isDraining(): boolean;
  /** What was last known of Ollama. */
  upstream(): KnownUpstream | undefined;
}

/**
 * `GET /-/ready`: 200 while we take requests, 503 from the signal on that ends us. What is known of
 * Ollama is told and does not decide: without it clients get our 502, which says more than nothing.
 * Nobody is asked for it, since Ollama logs each request.
 */
export function readyRoute(readiness: Readiness): (request: Request) => Promise<Response> {
  return async (request) => {
    const told = upstreamText(readiness.upstream());
    return readiness.isDraining()
      ? plainText(request, `ollama-exporter is draining.\n${told}`, 503)
      : plainText(request, `ollama-exporter is ready.\n${told}`);
  };
}

function upstreamText(known: KnownUpstream | undefined): string {
  if (known === undefined) return "Ollama has not been asked yet.\n";
  const { up, secondsAgo } = known;
  return `Ollama ${up ? "answered" : "did not answer"} ${Math.round(secondsAgo)} s ago.\n`;
}
