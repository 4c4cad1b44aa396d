/** A line for whoever asks; to HEAD the head alone. */
export function plainText({ method }: Request, text: string, status = 200): Response {
  return new Response(method === "HEAD" ? null : text, {
    status,
    headers: {
      "content-type": "text/plain; charset=utf-8",
      "content-length": String(Buffer.byteLength(text)),
    },
  });
}
