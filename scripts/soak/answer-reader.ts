/** An HTTP/1.1 answer as it comes in. */
export interface AnswerReader {
  /** 0 until the head is here. */
  readonly status: number;
  /** Without the framing. */
  readonly body: readonly Buffer[];
  /** HTTP chunks with something in them. */
  readonly chunks: number;
  /** Whether the end has been seen. */
  readonly whole: boolean;
  push(data: Buffer): void;
}

/** Reads one answer that has a length or is chunked, which all of the exporter's have. */
export function createAnswerReader(): AnswerReader {
  const body: Buffer[] = [];
  let rest: Buffer = Buffer.alloc(0);
  let status = 0;
  let chunks = 0;
  let whole = false;
  /** Bytes of the body that are still to come; undefined if it is chunked. */
  let left: number | undefined;

  const readHead = (): boolean => {
    const end = rest.indexOf("\r\n\r\n");
    if (end === -1) return false;
    const head = rest.toString("latin1", 0, end);
    status = Number(head.split(" ")[1]);
    const length = /^content-length: *(\d+)/im.exec(head)?.[1];
    if (length !== undefined) left = Number(length);
    rest = rest.subarray(end + 4);
    return true;
  };
  const readLength = (length: number): void => {
    if (rest.length > 0) body.push(rest);
    left = length - rest.length;
    rest = Buffer.alloc(0);
    whole = left <= 0;
  };
  const readChunk = (): boolean => {
    const lineEnd = rest.indexOf("\r\n");
    if (lineEnd === -1) return false;
    const size = Number.parseInt(rest.toString("latin1", 0, lineEnd), 16);
    const start = lineEnd + 2;
    if (rest.length < start + size + 2) return false;
    if (size > 0) {
      body.push(rest.subarray(start, start + size));
      chunks++;
    }
    whole = size === 0;
    rest = rest.subarray(start + size + 2);
    return !whole;
  };

  return {
    get status() {
      return status;
    },
    body,
    get chunks() {
      return chunks;
    },
    get whole() {
      return whole;
    },
    push(data) {
      rest = rest.length === 0 ? data : Buffer.concat([rest, data]);
      if (status === 0 && !readHead()) return;
      if (left !== undefined) return readLength(left);
      while (readChunk());
    },
  };
}
