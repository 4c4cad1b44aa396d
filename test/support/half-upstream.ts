import { createServer, type Socket } from "node:net";

/** A connection on which a request has begun. */
interface Begun {
  readonly socket: Socket;
  /** All bytes so far. */
  received(): Buffer;
  /** Resolves when the connection is closed, by whomever. */
  readonly closed: Promise<void>;
}

export interface HalfUpstream extends AsyncDisposable {
  readonly url: string;
  /** Resolves when so many bytes have come on the first connection. */
  begun(bytes: number): Promise<Begun>;
}

/** An upstream that never answers and does not wait for a request to be complete. */
export async function startHalfUpstream(): Promise<HalfUpstream> {
  const connections: Begun[] = [];
  let wake = Promise.withResolvers<void>();

  const server = createServer((socket) => {
    const closed = new Promise<void>((resolve) => socket.once("close", () => resolve()));
    let received = Buffer.alloc(0);
    connections.push({ socket, received: () => received, closed });
    socket.on("error", () => {});
    socket.on("data", (data: Buffer) => {
      received = Buffer.concat([received, data]);
      wake.resolve();
      wake = Promise.withResolvers();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${port}`,
    async begun(bytes) {
      for (;;) {
        const [first] = connections;
        if (first && first.received().length >= bytes) return first;
        await wake.promise;
      }
    },
    async [Symbol.asyncDispose]() {
      for (const { socket } of connections) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}
