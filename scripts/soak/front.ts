import { connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout } from "node:timers/promises";
import { PLAY_FIELD, PLAYS } from "./plays.ts";

/** What stands before the simulated Ollama: plays what a request asks for and passes on the rest. */
export interface Front {
  readonly port: number;
  /** Connections that are open. */
  open(): number;
  /** From now on new connections are refused; what is open goes on. */
  refuse(): void;
  accept(): Promise<void>;
}

export async function startFront(behind: number): Promise<Front> {
  const sockets = new Set<Socket>();
  const meet = (socket: Socket): void => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on("error", () => {});
    socket.once("close", () => sockets.delete(socket));
    receive(socket, behind);
  };
  let server = await listen(0, meet);
  const { port } = server.address() as { port: number };
  return {
    port,
    open: () => sockets.size,
    refuse: () => void server.close(),
    async accept() {
      server = await listen(port, meet);
    },
  };
}

async function listen(port: number, meet: (socket: Socket) => void): Promise<Server> {
  for (;;) {
    const server = createServer(meet);
    const { promise, resolve } = Promise.withResolvers<boolean>();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => resolve(true));
    if (await promise) return server;
    // Somebody's own end of a connection may have got the number meanwhile.
    await setTimeout(20);
  }
}

/** Waits for a request's head, and for its body if something is to be played. */
function receive(socket: Socket, behind: number): void {
  let received = Buffer.alloc(0);
  const onData = (data: Buffer): void => {
    received = Buffer.concat([received, data]);
    const end = received.indexOf("\r\n\r\n");
    if (end === -1) return;
    const head = received.toString("latin1", 0, end);
    const wanted = valueOf(head, PLAY_FIELD);
    if (wanted === undefined) {
      socket.off("data", onData);
      passOn(socket, received, behind);
      return;
    }
    if (received.length < end + 4 + Number(valueOf(head, "content-length") ?? 0)) return;
    socket.off("data", onData);
    // Goes on reading, to see when the other side leaves.
    socket.resume();
    const [name = "", ...args] = wanted.split("/");
    PLAYS[name]?.(socket, ...args.map(Number));
  };
  socket.on("data", onData);
}

function passOn(socket: Socket, received: Buffer, behind: number): void {
  const inner = connect({ port: behind, host: "127.0.0.1", noDelay: true });
  inner.on("error", () => {});
  inner.once("close", () => socket.destroy());
  socket.once("close", () => inner.destroy());
  inner.write(received);
  socket.pipe(inner);
  inner.pipe(socket);
}

function valueOf(head: string, name: string): string | undefined {
  return new RegExp(`^${name}: *(.*)$`, "im").exec(head)?.[1]?.trim();
}
