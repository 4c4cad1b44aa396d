import type { Exchange } from "./differential.ts";

/** What a request needs to be forwarded as it is. */
const USUAL = ["Host: localhost", "User-Agent: test", "Accept: */*"] as const;

/** A head without a body behind it. */
export function headOf(startLine: string, fields: readonly string[] = []): string {
  return [startLine, ...fields, "", ""].join("\r\n");
}

/** The head of a request. */
export function requestHead(
  method: string,
  target: string,
  fields: readonly string[] = [],
): string {
  return headOf(`${method} ${target} HTTP/1.1`, [...USUAL, ...fields]);
}

/** A complete request; with a length if it has a body. */
export function requestOf(
  method: string,
  target: string,
  { fields = [], body }: { fields?: readonly string[]; body?: string } = {},
): string {
  const length = body === undefined ? [] : [`Content-Length: ${body.length}`];
  return requestHead(method, target, [...fields, ...length]) + (body ?? "");
}

/** The upstream answers with these bytes, in one write, as soon as the request is complete. */
export function answering(answer: string | Buffer): NonNullable<Exchange["script"]> {
  return async ({ server }) => {
    await server.whole();
    server.write(answer);
  };
}

/** The same, and then closes. */
export function answeringAtLast(answer: string): NonNullable<Exchange["script"]> {
  return async ({ server }) => {
    await server.whole();
    server.end(answer);
  };
}

/** So many bytes that repeat only after a while. */
export function bytesOf(length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length; at += 251) bytes.fill(at / 251, at, Math.min(at + 251, length));
  return bytes;
}

/** A complete chunked body. */
export function chunked(body: Buffer, size = 30_000): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < body.length; at += size) {
    const part = body.subarray(at, at + size);
    parts.push(Buffer.from(`${part.length.toString(16)}\r\n`), part, Buffer.from("\r\n"));
  }
  return Buffer.concat([...parts, Buffer.from("0\r\n\r\n")]);
}
