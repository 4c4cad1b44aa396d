import { connect, createServer, type Socket } from "node:net";
import { networkInterfaces } from "node:os";

/** Whether this machine has `::1`. */
export const hasIpv6 = Object.values(networkInterfaces()).some((addresses) =>
  addresses?.some(({ address }) => address === "::1"),
);

export interface TcpServer extends AsyncDisposable {
  readonly port: number;
}

/** A server that does nothing but hand its connections over. */
export async function listenTcp(
  onConnection: (socket: Socket) => void = () => {},
  { port = 0, hostname = "127.0.0.1" } = {},
): Promise<TcpServer> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    onConnection(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, hostname, resolve);
  });
  return {
    port: (server.address() as { port: number }).port,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  await using server = await listenTcp();
  return server.port;
}

/** Passes the bytes of each connection on to another port, both ways. */
export function startRelay(port: number): Promise<TcpServer> {
  return listenTcp((near) => {
    const far = connect({ host: "127.0.0.1", port });
    far.on("error", () => near.destroy());
    near.on("close", () => far.destroy());
    near.pipe(far).pipe(near);
  });
}

/** Resolves as soon as a new connection is refused. */
export async function refusal(url: string): Promise<void> {
  while (await accepts(url));
}

function accepts(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  return new Promise<boolean>((resolve) => {
    socket.once("connect", () => resolve(true));
    socket.once("error", () => resolve(false));
  }).finally(() => socket.destroy());
}
