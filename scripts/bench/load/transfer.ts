export interface TransferOptions {
  readonly port: number;
  readonly path: string;
  /** A POST with a body of so many bytes between these texts; a GET where it is absent. */
  readonly upload?: { readonly before?: string; readonly bytes: number; readonly after?: string };
  /** Milliseconds of not reading after each 4 MB of the answer. */
  readonly pause?: number;
}

const SUCCESS = "HTTP/1.1 200 ";
const PART = 4 * 1024 * 1024;
const filler = Buffer.alloc(1024 * 1024, "a");

/**
 * Sends one request and reads its answer to the connection's end; gives the bytes that came. Rejects
 * if it does not succeed.
 */
export async function transfer(options: TransferOptions): Promise<number> {
  const { port, path, upload, pause = 0 } = options;
  const over = Promise.withResolvers<void>();
  const pending = outgoing(path, upload);
  let part = pending.next();
  let offset = 0;
  let received = 0;
  let head = "";
  let untilPause = PART;
  const socket = await Bun.connect({
    hostname: "127.0.0.1",
    port,
    socket: {
      drain: send,
      data(from, bytes) {
        if (head.length < SUCCESS.length) head += bytes.toString("latin1", 0, SUCCESS.length);
        received += bytes.length;
        untilPause -= bytes.length;
        if (untilPause > 0 || pause === 0) return;
        untilPause = PART;
        from.pause();
        setTimeout(() => from.resume(), pause);
      },
      close: () => over.resolve(),
      error: (_, error) => over.reject(error),
    },
  });
  function send(): void {
    while (!part.done) {
      const bytes = part.value;
      offset += Math.max(0, socket.write(bytes.subarray(offset)));
      if (offset < bytes.length) return;
      offset = 0;
      part = pending.next();
    }
  }
  send();
  await over.promise;
  if (!head.startsWith(SUCCESS)) throw new Error(`${path} got "${head}"`);
  return received;
}

function* outgoing(path: string, upload: TransferOptions["upload"]): Generator<Buffer> {
  const common = "Host: localhost\r\nConnection: close\r\n";
  if (upload === undefined) {
    yield Buffer.from(`GET ${path} HTTP/1.1\r\n${common}\r\n`);
    return;
  }
  const { before = "", bytes, after = "" } = upload;
  const length = before.length + bytes + after.length;
  yield Buffer.from(
    `POST ${path} HTTP/1.1\r\n${common}Content-Type: application/json\r\nContent-Length: ${length}\r\n\r\n${before}`,
  );
  for (let left = bytes; left > 0; left -= filler.length) {
    yield filler.subarray(0, Math.min(left, filler.length));
  }
  yield Buffer.from(after);
}
