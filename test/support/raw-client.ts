import { connect, type Socket } from "node:net";
import { type HttpMessage, parseMessage } from "./http-message.ts";

export interface RawClient extends Disposable {
  readonly socket: Socket;
  /** All bytes so far. */
  received(): Buffer;
  /** Resolves when what was received satisfies the condition; rejects if the connection closes before. */
  until(condition: (received: Buffer) => boolean): Promise<Buffer>;
  /** Resolves with everything once the connection is closed. */
  readonly closed: Promise<Buffer>;
}

/** A client that sends exactly these bytes and keeps exactly what comes back. */
export function openRawClient(url: string, request: string | Buffer): RawClient {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  let received = Buffer.alloc(0);
  let over = false;
  let wake = Promise.withResolvers<void>();
  const notify = (): void => {
    wake.resolve();
    wake = Promise.withResolvers();
  };
  socket.on("error", () => {});
  socket.on("data", (data: Buffer) => {
    received = Buffer.concat([received, data]);
    notify();
  });
  const closed = new Promise<Buffer>((resolve) => {
    socket.once("close", () => {
      over = true;
      notify();
      resolve(received);
    });
  });
  // At once, and not when it is connected: what a test writes next has to come after it.
  if (request.length > 0) socket.write(request);
  return {
    socket,
    received: () => received,
    async until(condition) {
      while (!condition(received)) {
        if (over)
          throw new Error(`the connection closed after ${JSON.stringify(String(received))}`);
        await wake.promise;
      }
      return received;
    },
    closed,
    [Symbol.dispose]: () => void socket.destroy(),
  };
}

/** Sends one request and gives the complete answer. */
export async function exchange(url: string, request: string | Buffer): Promise<HttpMessage> {
  using client = openRawClient(url, request);
  const method = String(request.slice(0, 8)).split(" ")[0] ?? "";
  const parse = (closed: boolean): HttpMessage | undefined =>
    parseMessage(client.received(), { kind: "response", method, closed });
  await Promise.race([
    client.until(() => parse(false) !== undefined).catch(() => {}),
    client.closed,
  ]);
  const message = parse(true);
  if (message === undefined) {
    throw new Error(`no complete answer: ${JSON.stringify(client.received().toString("latin1"))}`);
  }
  return message;
}
