/** A chat request with a model, as bytes on the wire. */
export function chatRequest(model: string, fields: readonly string[] = []): string {
  const body = JSON.stringify({ model, messages: [] });
  const head = ["POST /api/chat HTTP/1.1", "Host: localhost", ...fields];
  return [...head, `Content-Length: ${body.length}`, "", body].join("\r\n");
}

/** A chunk of a stream with content. */
export const SPOKEN = '{"model":"m","message":{"role":"assistant","content":"a"},"done":false}\n';

/** A final object with figures. */
export const FINAL =
  '{"model":"m","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop",' +
  '"total_duration":4000000000,"load_duration":1000000000,"prompt_eval_count":3,' +
  '"prompt_eval_duration":500000000,"eval_count":2,"eval_duration":2000000000}\n';

/** The head of an answer that is streamed as Ollama does. */
export function streamHead(fields: readonly string[] = []): string {
  const head = ["HTTP/1.1 200 OK", "Content-Type: application/x-ndjson", ...fields];
  return [...head, "Transfer-Encoding: chunked", "", ""].join("\r\n");
}

export const LAST_CHUNK = "0\r\n\r\n";
