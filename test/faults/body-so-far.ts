/** The body of an answer that is not whole, chunked or not. */
export function bodySoFar(received: Buffer): string {
  const text = received.toString("latin1");
  const start = text.indexOf("\r\n\r\n") + 4;
  if (start < 4) return "";
  let rest = text.slice(start);
  if (!/^transfer-encoding: chunked\r$/im.test(text.slice(0, start))) return rest;
  let body = "";
  for (;;) {
    const size = /^([\da-f]+)\r\n/i.exec(rest);
    if (size === null) return body;
    const length = Number.parseInt(size[1] ?? "", 16);
    body += rest.slice(size[0].length, size[0].length + length);
    rest = rest.slice(size[0].length + length + 2);
  }
}
