import { connect, type Socket } from "node:net";
import { scrape } from "../support/exposition.ts";
import { expectChat, type Scene } from "./scene.ts";

export const MEGABYTE = 1024 * 1024;

/** Writes so many bytes as fast as they are taken; tells how many have left so far. */
export function pour(socket: Socket, bytes: number, after: string): () => number {
  const piece = Buffer.alloc(256 * 1024, "flow");
  let queued = 0;
  let written = 0;
  const more = (): void => {
    for (;;) {
      if (queued >= bytes) {
        socket.write(after);
        return;
      }
      const part = piece.subarray(0, Math.min(piece.length, bytes - queued));
      queued += part.length;
      const ready = socket.write(part, () => void (written += part.length));
      if (!ready) {
        socket.once("drain", more);
        return;
      }
    }
  };
  more();
  return () => written;
}

export interface Drain {
  readonly socket: Socket;
  /** Bytes so far. */
  received(): number;
  /** The last bytes so far. */
  tail(): string;
  until(condition: () => boolean): Promise<void>;
}

/** Counts what comes on a connection and keeps the last bytes alone. */
export function drain(socket: Socket): Drain {
  let received = 0;
  let tail = "";
  let wake = Promise.withResolvers<void>();
  const notify = (): void => {
    wake.resolve();
    wake = Promise.withResolvers();
  };
  socket.on("error", () => {});
  socket.on("close", notify);
  socket.on("data", (data: Buffer) => {
    received += data.length;
    tail = (tail + data.subarray(-64).toString("latin1")).slice(-64);
    notify();
  });
  return {
    socket,
    received: () => received,
    tail: () => tail,
    async until(condition) {
      while (!condition()) {
        if (socket.destroyed) throw new Error(`the connection closed after ${received} bytes`);
        await wake.promise;
      }
    },
  };
}

/** Connects and sends the beginning of a request; reads nothing yet. */
export function openStill(url: string, request: string): Socket {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port), noDelay: true });
  socket.on("error", () => {});
  socket.pause();
  socket.write(request);
  return socket;
}

/** Chats of others in a row without a byte of the flow moving, before it counts as standing still. */
const QUIET_CHATS = 40;

/**
 * Lets others chat until the flow stands still: each of their answers comes after whatever the
 * exporter had to do before. Gives the most memory that it had meanwhile, in bytes.
 */
export async function untilStill({ url }: Scene, moved: () => number): Promise<number> {
  let most = 0;
  let before = -1;
  for (let quiet = 0; quiet < QUIET_CHATS;) {
    await expectChat(url);
    most = Math.max(most, await residentMemory(url));
    quiet = moved() === before ? quiet + 1 : 0;
    before = moved();
  }
  return most;
}

export async function residentMemory(url: string): Promise<number> {
  return (await scrape(url)).get("process_resident_memory_bytes") ?? Infinity;
}
