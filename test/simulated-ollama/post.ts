import type { SimulatedOllama } from "../../scripts/simulated-ollama/server.ts";

export function post(
  ollama: SimulatedOllama,
  path: string,
  body: unknown,
  signal?: AbortSignal,
): Promise<Response> {
  return fetch(ollama.url + path, {
    method: "POST",
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });
}

/** The lines of a stream, read to its end. */
export async function readLines(response: Response): Promise<Record<string, unknown>[]> {
  const text = await response.text();
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

/** The body of a chat with one question. */
export function question(model: string, more: object = {}): object {
  return { model, messages: [{ role: "user", content: "Why is the sky blue?" }], ...more };
}
