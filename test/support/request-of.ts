export interface RequestParts {
  /** The Content-Length that the client sent; chunked without one. */
  readonly length?: number | undefined;
  /** What goes wrong after the last chunk. */
  readonly error?: Error;
}

/** A POST whose body comes in these chunks, each when it is asked for. */
export function requestOf(
  chunks: readonly (string | Uint8Array)[],
  { length, error }: RequestParts = {},
): Request {
  const rest = chunks.map((chunk) => (typeof chunk === "string" ? Buffer.from(chunk) : chunk));
  const body = new ReadableStream<Uint8Array>(
    {
      pull(controller) {
        const chunk = rest.shift();
        if (chunk) controller.enqueue(chunk);
        else if (error) controller.error(error);
        else controller.close();
      },
    },
    { highWaterMark: 0 },
  );
  const headers = new Headers(length === undefined ? {} : { "content-length": String(length) });
  return new Request("http://exporter/api/chat", { method: "POST", headers, body });
}
