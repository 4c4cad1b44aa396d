export interface Request {
  readonly query: URLSearchParams;
  /** Nothing comes after its answer. */
  readonly last: boolean;
}

export interface RequestReader {
  /** Takes bytes; gives the milliseconds to wait before more are read. */
  push(bytes: Buffer): number;
}

/** Bytes of a body between two pauses. */
const PART = 4 * 1024 * 1024;

/** Finds the requests in the bytes of one connection; bodies are counted and let go. */
export function createRequestReader(onRequest: (request: Request) => void): RequestReader {
  let head = "";
  let query = new URLSearchParams();
  let last = false;
  /** Bytes of the body that have not come; undefined between two requests. */
  let missing: number | undefined;
  let untilPause = PART;

  const body = (bytes: number): number => {
    missing = (missing ?? 0) - bytes;
    if (missing <= 0) {
      missing = undefined;
      untilPause = PART;
      onRequest({ query, last });
      return 0;
    }
    untilPause -= bytes;
    if (untilPause > 0) return 0;
    untilPause = PART;
    return Number(query.get("pause") ?? 0);
  };

  return {
    push(bytes) {
      if (missing !== undefined) return body(bytes.length);
      head += bytes.toString("latin1");
      const end = head.indexOf("\r\n\r\n");
      if (end === -1) return 0;
      query = new URLSearchParams(/^\S+ [^ ?]*\?(\S*)/.exec(head)?.[1] ?? "");
      last = /\r\nconnection: *close/i.test(head.slice(0, end));
      missing = Number(/\r\ncontent-length: *(\d+)/i.exec(head.slice(0, end + 2))?.[1] ?? 0);
      const rest = head.length - end - 4;
      head = "";
      return body(rest);
    },
  };
}
