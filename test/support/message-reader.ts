interface Head {
  /** The request line or the status line. */
  readonly startLine: string;
  /** In the order and spelling of the wire, one character per byte. */
  readonly fields: readonly (readonly [name: string, value: string])[];
}

export type Framing = "length" | "chunked" | "none" | "until-close";

/** Reads one HTTP/1.1 message while it comes and holds no more of it than can be compared. */
export interface MessageReader {
  /** Takes the next bytes and gives back those behind the end of the message. */
  push(bytes: Buffer): Buffer;
  /** No more bytes come. */
  close(): void;
  /** `cut`: the connection closed, or what came was no HTTP, before the message was complete. */
  readonly state: "head" | "body" | "complete" | "cut";
  readonly head: Head | undefined;
  readonly framing: Framing | undefined;
  /** Status lines of the interim answers before the head. */
  readonly interim: readonly string[];
  /** Bytes of the body so far. */
  readonly length: number;
  /** Lines of the trailer section. */
  readonly trailers: readonly string[];
  /** The body so far: its text, of a long one the digest. The reader is of no use afterwards. */
  content(): string;
}

/** A body of more bytes is compared by its digest. */
const MOST_SHOWN = 4096;

/** @param method of the request, if the message is a response */
export function createMessageReader(method?: string): MessageReader {
  const hasher = new Bun.CryptoHasher("sha1");
  const shown: Buffer[] = [];
  const interim: string[] = [];
  const trailers: string[] = [];
  let state: MessageReader["state"] = "head";
  let head: Head | undefined;
  let framing: Framing | undefined;
  let length = 0;
  /** What came and cannot be read yet: part of a head or of a line. */
  let pending: Buffer = Buffer.alloc(0);
  /** Bytes of the body, or of the chunk with its line end, that are still to come. */
  let left = 0;
  let inTrailers = false;

  const take = (bytes: Buffer): void => {
    if (length < MOST_SHOWN) shown.push(Buffer.from(bytes.subarray(0, MOST_SHOWN)));
    length += bytes.length;
    hasher.update(bytes);
  };

  /** Gives what is behind the head; undefined while the head is incomplete. */
  const readHead = (): Buffer | undefined => {
    const end = pending.indexOf("\r\n\r\n");
    if (end === -1) return undefined;
    const rest = pending.subarray(end + 4);
    const [startLine = "", ...lines] = pending.subarray(0, end).toString("latin1").split("\r\n");
    const fields = lines.map((line) => {
      const colon = line.indexOf(":");
      return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
    });
    if (method !== undefined && startLine.split(" ")[1]?.startsWith("1")) {
      interim.push(startLine);
      pending = rest;
      return readHead();
    }
    head = { startLine, fields };
    [framing, left] = framingOf(head, method);
    state = framing === "none" || (framing === "length" && left === 0) ? "complete" : "body";
    return rest;
  };

  const readChunks = (bytes: Buffer): Buffer => {
    pending = pending.length === 0 ? bytes : Buffer.concat([pending, bytes]);
    while (state === "body") {
      if (left > 2) {
        const part = pending.subarray(0, left - 2);
        take(part);
        left -= part.length;
        pending = pending.subarray(part.length);
      }
      if (left > 2 || pending.length < left) return Buffer.alloc(0);
      if (left === 2) {
        if (pending.subarray(0, 2).toString() !== "\r\n") state = "cut";
        pending = pending.subarray(2);
        left = 0;
      }
      const end = pending.indexOf("\r\n");
      if (end === -1) return Buffer.alloc(0);
      const line = pending.subarray(0, end).toString("latin1");
      pending = pending.subarray(end + 2);
      if (inTrailers) {
        if (line === "") state = "complete";
        else trailers.push(line);
        continue;
      }
      const size = /^[\da-f]+(?=$|[ ;])/i.exec(line)?.[0];
      if (size === undefined) state = "cut";
      else if (/^0+$/.test(size)) inTrailers = true;
      else left = Number.parseInt(size, 16) + 2;
    }
    const rest = pending;
    pending = Buffer.alloc(0);
    return rest;
  };

  return {
    push(bytes) {
      let rest = bytes;
      if (state === "head") {
        pending = Buffer.concat([pending, bytes]);
        const behind = readHead();
        if (behind === undefined) return Buffer.alloc(0);
        rest = behind;
        pending = Buffer.alloc(0);
      }
      if (state !== "body") return rest;
      if (framing === "chunked") return readChunks(rest);
      const part = framing === "length" ? rest.subarray(0, left) : rest;
      take(part);
      left -= part.length;
      if (framing === "length" && left === 0) state = "complete";
      return rest.subarray(part.length);
    },
    close() {
      if (state === "body" && framing === "until-close") state = "complete";
      else if (state !== "complete") state = "cut";
    },
    get state() {
      return state;
    },
    get head() {
      return head;
    },
    get framing() {
      return framing;
    },
    interim,
    get length() {
      return length;
    },
    trailers,
    content() {
      if (length <= MOST_SHOWN) return Buffer.concat(shown).toString("latin1");
      return `${length} bytes with the digest ${hasher.digest("hex")}`;
    },
  };
}

/** RFC 9112 §6.3, with the bytes that a length announces. */
function framingOf({ startLine, fields }: Head, method?: string): [Framing, number] {
  const value = (name: string): string | undefined =>
    fields.find(([field]) => field.toLowerCase() === name)?.[1];
  const status = method === undefined ? "" : (startLine.split(" ")[1] ?? "");
  if (method === "HEAD" || status === "204" || status === "304") return ["none", 0];
  if (value("transfer-encoding")?.toLowerCase() === "chunked") return ["chunked", 0];
  const length = value("content-length");
  if (length !== undefined) return ["length", Number(length)];
  return [method === undefined ? "none" : "until-close", 0];
}
