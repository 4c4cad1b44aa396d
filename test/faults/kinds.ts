/** The kinds of requests that a proxy may send over a connection it has used before. */
export const KINDS = [
  "GET",
  "HEAD",
  "POST without a body",
  "POST with a length",
  "POST in chunks",
  "PUT with a length",
  "PUT in chunks",
  "PATCH without a body",
  "PATCH with a length",
  "OPTIONS without a body",
  "DELETE without a body",
  "DELETE with a length",
  "DELETE in chunks",
] as const;

export type Kind = (typeof KINDS)[number];

const BODY = '{"model":"m"}';

/** A request of that kind, with an id by which the upstream can tell it. */
export function requestOfKind(kind: Kind, id: number): string {
  const head = `${kind.split(" ")[0]} /api/any HTTP/1.1\r\nHost: localhost\r\nX-Id: ${id}\r\n`;
  if (kind.endsWith("in chunks")) {
    return `${head}Transfer-Encoding: chunked\r\n\r\n${BODY.length.toString(16)}\r\n${BODY}\r\n0\r\n\r\n`;
  }
  if (kind.endsWith("with a length")) {
    return `${head}Content-Length: ${BODY.length}\r\n\r\n${BODY}`;
  }
  return kind.startsWith("P") ? `${head}Content-Length: 0\r\n\r\n` : `${head}\r\n`;
}

/** Does so many things, a few at a time. */
export async function crowd(
  count: number,
  atOnce: number,
  one: (index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < count) await one(next++);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}
