/** One HTTP/1.1 message as it stood on the wire. Text is latin1, so that one character is one byte. */
export interface HttpMessage {
  /** The request line or the status line. */
  readonly startLine: string;
  /** In the order and spelling of the wire. */
  readonly fields: readonly (readonly [name: string, value: string])[];
  /** Without the framing. */
  readonly body: Buffer;
  readonly framing: "length" | "chunked" | "none" | "until-close";
  /** Bytes of the whole message, framing included. */
  readonly bytes: number;
}

/** The values of a field, whatever its case. */
export function fieldValues(message: HttpMessage, name: string): string[] {
  return message.fields.filter(([field]) => field.toLowerCase() === name).map(([, value]) => value);
}

export interface ParseOptions {
  readonly kind: "request" | "response";
  /** Of the request that a response answers; HEAD has no body. */
  readonly method?: string;
  /** Whether no more bytes come. */
  readonly closed?: boolean;
}

/** Reads the first message; undefined while it is incomplete. */
export function parseMessage(bytes: Buffer, options: ParseOptions): HttpMessage | undefined {
  const end = bytes.indexOf("\r\n\r\n");
  if (end === -1) return undefined;
  const [startLine = "", ...lines] = bytes.subarray(0, end).toString("latin1").split("\r\n");
  const fields = lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
  });
  const value = (name: string): string | undefined =>
    fields.find(([field]) => field.toLowerCase() === name)?.[1];
  const start = end + 4;
  const rest = bytes.subarray(start);

  const message = (framing: HttpMessage["framing"], body: Buffer, length: number): HttpMessage => ({
    startLine,
    fields,
    body,
    framing,
    bytes: start + length,
  });
  const status = options.kind === "response" ? Number(startLine.split(" ")[1]) : 0;
  if (options.method === "HEAD" || status === 204 || status === 304) {
    return message("none", Buffer.alloc(0), 0);
  }
  if (value("transfer-encoding")?.toLowerCase() === "chunked") {
    const decoded = dechunk(rest);
    return decoded && message("chunked", decoded.body, decoded.bytes);
  }
  const length = value("content-length");
  if (length !== undefined) {
    const wanted = Number(length);
    return rest.length < wanted ? undefined : message("length", rest.subarray(0, wanted), wanted);
  }
  if (options.kind === "request") return message("none", Buffer.alloc(0), 0);
  return options.closed ? message("until-close", rest, rest.length) : undefined;
}

/** Decodes a complete chunked body; undefined if it is cut. */
function dechunk(bytes: Buffer): { body: Buffer; bytes: number } | undefined {
  const parts: Buffer[] = [];
  for (let at = 0; ;) {
    const lineEnd = bytes.indexOf("\r\n", at);
    if (lineEnd === -1) return undefined;
    const size = Number.parseInt(bytes.subarray(at, lineEnd).toString("latin1"), 16);
    const start = lineEnd + 2;
    if (bytes.length < start + size + 2) return undefined;
    if (size === 0) return { body: Buffer.concat(parts), bytes: start + 2 };
    parts.push(bytes.subarray(start, start + size));
    at = start + size + 2;
  }
}
