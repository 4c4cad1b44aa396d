import { plainText } from "./plain-text.ts";

/** Where the exporter says that it lives. */
export const HEALTHY_PATH = "/-/healthy";

export const HEALTHY_TEXT = "ollama-exporter is healthy.\n";

/**
 * `GET /-/healthy`: the process lives. Nobody is asked for it, or the exporter would be started anew
 * whenever Ollama is down.
 */
export function healthy(request: Request): Promise<Response> {
  return Promise.resolve(plainText(request, HEALTHY_TEXT));
}
