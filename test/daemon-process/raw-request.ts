/** A GET as it goes over the wire. */
export function get(target: string, fields: readonly string[] = []): string {
  return [`GET ${target} HTTP/1.1`, "Host: localhost", ...fields, "", ""].join("\r\n");
}

/** A POST with a JSON body that brings its length. */
export function post(target: string, body: string, fields: readonly string[] = []): string {
  const own = ["Content-Type: application/json", `Content-Length: ${Buffer.byteLength(body)}`];
  return [`POST ${target} HTTP/1.1`, "Host: localhost", ...own, ...fields, "", body].join("\r\n");
}
