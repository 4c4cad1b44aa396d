/** Where the exporter says that it lives. */
export const HEALTHY_PATH = "/-/healthy";

export const HEALTHY_TEXT = "ollama-exporter is healthy.\n";

/**
 * `GET /-/healthy`: the process lives; HEAD is its head alone. Nobody is asked for it, or the exporter
 * would be started anew whenever Ollama is down.
 */
export function healthy({ method }: Request): Promise<Response> {
  const answer = new Response(method === "HEAD" ? null : HEALTHY_TEXT, {
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "content-length": String(HEALTHY_TEXT.length),
    },
  });
  return Promise.resolve(answer);
}
