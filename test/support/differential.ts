import { connect, createServer, type Socket } from "node:net";
import { createMessageReader } from "./message-reader.ts";
import { ownAnswer } from "./own-questions.ts";
import { type Seen, seenOf } from "./seen.ts";
import { type Bytes, createEnd, type End } from "./wire-end.ts";

export interface Exchange {
  /** The client writes this at once. */
  readonly request: Bytes;
  /** What the client does then. */
  readonly follow?: (client: End) => unknown;
  /**
   * Moves both ends, from the moment on which the upstream has the head of the request. Unless told
   * otherwise, the upstream answers a complete request with 200 and `ok`.
   */
  readonly script?: (ends: { readonly client: End; readonly server: End }) => unknown;
}

/** An upstream whose exchanges are scripted one after the other. */
interface ScriptedUpstream {
  readonly url: string;
  /** Requests that no exchange accounts for, such as one that was delivered twice. */
  readonly stray: readonly string[];
  stop(): Promise<void>;
}

interface OwnUpstream extends ScriptedUpstream {
  /** Does these exchanges over one connection of a client's to a server. */
  run(url: string, exchanges: readonly Exchange[]): Promise<Seen[]>;
}

/** Does the same exchanges once straight with the upstream and once through an exporter. */
export async function bothWays(
  { upstream, url }: { readonly upstream: OwnUpstream; readonly url: string },
  exchanges: readonly Exchange[],
): Promise<{ readonly straight: Seen[]; readonly through: Seen[] }> {
  const straight = await upstream.run(upstream.url, exchanges);
  const through = await upstream.run(url, exchanges);
  return { straight, through };
}

/** What an exporter asks for itself is answered, and is part of no exchange. */
export async function startScriptedUpstream(): Promise<OwnUpstream> {
  const sockets = new Set<Socket>();
  const stray: string[] = [];
  let awaited: ((server: End) => void) | undefined;

  const serve = async (socket: Socket): Promise<void> => {
    let behind: Buffer | undefined;
    for (;;) {
      const end = createEnd(socket, createMessageReader(), behind);
      await end.until(({ head }) => head !== undefined);
      const own = end.incoming.head && ownAnswer(end.incoming.head);
      if (own !== undefined) return end.end(own);
      const arrive = awaited;
      awaited = undefined;
      if (arrive === undefined) {
        stray.push(end.incoming.head?.startLine ?? "");
        end.destroy();
      }
      arrive?.(end);
      await end.whole();
      behind = end.leave();
    }
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => {});
    socket.setNoDelay(true);
    // The client, or the script, has closed the connection.
    serve(socket).catch(() => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };

  const runOne = async (
    client: ReturnType<typeof createEnd>,
    { request, follow, script = answerOk }: Exchange,
  ): Promise<Seen> => {
    const arrived = Promise.withResolvers<End | undefined>();
    awaited = arrived.resolve;
    const played = arrived.promise.then(async (end) => {
      if (end) await script({ client, server: end });
      return end;
    });
    client.write(request);
    const [, end] = await Promise.all([
      follow?.(client),
      played,
      // An answer that the upstream had no part in.
      client.over().then(() => arrived.resolve(undefined)),
    ]);
    awaited = undefined;
    return seenOf(client.incoming, end?.incoming);
  };

  return {
    url: `http://127.0.0.1:${port}`,
    stray,
    async run(url, exchanges) {
      const { hostname, port: to } = new URL(url);
      const socket = connect({ host: hostname, port: Number(to), noDelay: true });
      socket.on("error", () => {});
      try {
        const seen: Seen[] = [];
        let behind: Buffer | undefined;
        for (const exchange of exchanges) {
          const [method = ""] = exchange.request.toString().slice(0, 20).split(" ", 1);
          const client = createEnd(socket, createMessageReader(method), behind);
          seen.push(await runOne(client, exchange));
          behind = client.leave();
        }
        return seen;
      } finally {
        socket.destroy();
      }
    },
    async stop() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

const answerOk: NonNullable<Exchange["script"]> = async ({ server }) => {
  await server.whole();
  server.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
};
