export interface ChatRequest {
  readonly model?: string | undefined;
  /** More of the conversation, before the model. */
  readonly content?: string;
}

/** The bytes of a chat request. */
export function chatRequest(
  path: string,
  { model = "bench", content = "Why is the sky blue?" }: ChatRequest = {},
): string {
  const body = `{"messages":[{"role":"user","content":"${content}"}],"model":"${model}"}`;
  return `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}
