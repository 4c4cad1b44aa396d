import { createServer, type Socket } from "node:net";
import { type HttpMessage, parseMessage } from "./http-message.ts";

/** One request as the upstream saw it, and the connection to answer on. */
export interface Visit {
  readonly request: HttpMessage;
  readonly socket: Socket;
  /** Resolves when the connection is closed, by whomever. */
  readonly closed: Promise<void>;
}

export interface RawUpstream extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
  /** All complete requests so far, in order. */
  readonly visits: readonly Visit[];
  /** Connections that were ever opened. */
  connections(): number;
  stop(): Promise<void>;
}

/**
 * An upstream that is scripted at the byte level: the script writes whatever it likes.
 *
 * @param takes whether a new connection is the caller's alone; its requests are no visits then
 */
export async function startRawUpstream(
  script: (visit: Visit) => void,
  takes: (socket: Socket) => boolean = () => false,
): Promise<RawUpstream> {
  const visits: Visit[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;

  const server = createServer((socket) => {
    connections++;
    sockets.add(socket);
    socket.setNoDelay(true);
    const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    void closed.then(() => sockets.delete(socket));
    socket.on("error", () => {});
    if (takes(socket)) return;
    let received = Buffer.alloc(0);
    socket.on("data", (data: Buffer) => {
      received = Buffer.concat([received, data]);
      for (;;) {
        const request = parseMessage(received, { kind: "request" });
        if (request === undefined) return;
        received = received.subarray(request.bytes);
        const visit = { request, socket, closed };
        visits.push(visit);
        script(visit);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const stop = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    visits,
    connections: () => connections,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** A complete answer with a length. */
export function answerOf(
  body: string,
  { status = "200 OK", fields = [] }: { status?: string; fields?: readonly string[] } = {},
): string {
  const length = `Content-Length: ${Buffer.byteLength(body)}`;
  return [`HTTP/1.1 ${status}`, ...fields, length, "", body].join("\r\n");
}

/** One HTTP chunk. */
export function chunkOf(body: string | Buffer): Buffer {
  const size = Buffer.byteLength(body).toString(16);
  return Buffer.concat([Buffer.from(`${size}\r\n`), Buffer.from(body), Buffer.from("\r\n")]);
}
