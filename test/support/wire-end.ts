import type { Socket } from "node:net";
import type { MessageReader } from "./message-reader.ts";

export type Bytes = string | Buffer;

/** One end of an exchange, as a script sees and moves it. Text is latin1: a character is a byte. */
export interface End {
  /** What comes from the other end. */
  readonly incoming: MessageReader;
  write(bytes: Bytes): void;
  /** Writes; resolves when the system has taken it, so that nothing piles up here. */
  flush(bytes: Bytes): Promise<void>;
  /** Writes and closes. */
  end(bytes?: Bytes): void;
  /** Closes without a word. */
  destroy(): void;
  /** Resolves as soon as the condition holds; rejects if the connection closes before. */
  until(condition: (incoming: MessageReader) => boolean): Promise<void>;
  /** Resolves when so many bytes of the body are here. */
  has(length: number): Promise<void>;
  /** Resolves when the message is complete. */
  whole(): Promise<void>;
}

interface OwnEnd extends End {
  /** Resolves when the message is complete or cut. */
  over(): Promise<void>;
  /** Lets go of the connection and gives what came behind the message. */
  leave(): Buffer;
}

/** @param first what has come already */
export function createEnd(
  socket: Socket,
  incoming: MessageReader,
  first: Buffer = Buffer.alloc(0),
): OwnEnd {
  let behind = first.length > 0 ? incoming.push(first) : first;
  let wake = Promise.withResolvers<void>();
  const notify = (): void => {
    wake.resolve();
    wake = Promise.withResolvers();
  };
  const isOver = (): boolean => incoming.state === "complete" || incoming.state === "cut";
  const onData = (data: Buffer): void => {
    behind = isOver() ? Buffer.concat([behind, data]) : incoming.push(data);
    notify();
  };
  const onClose = (): void => {
    incoming.close();
    notify();
  };
  socket.on("data", onData);
  socket.once("close", onClose);
  if (socket.destroyed) onClose();

  const until: End["until"] = async (condition) => {
    while (!condition(incoming)) {
      if (incoming.state === "cut")
        throw new Error(`the connection closed after ${incoming.length} bytes of the body`);
      await wake.promise;
    }
  };
  return {
    incoming,
    write: (bytes) => void socket.write(raw(bytes)),
    async flush(bytes) {
      const { promise, resolve } = Promise.withResolvers<void>();
      socket.once("close", resolve);
      socket.write(raw(bytes), () => resolve());
      await promise;
      socket.off("close", resolve);
    },
    end: (bytes = "") => void socket.end(raw(bytes)),
    destroy: () => void socket.destroy(),
    until,
    has: (length) => until((message) => message.length >= length),
    whole: () => until(({ state }) => state === "complete"),
    async over() {
      while (!isOver()) await wake.promise;
    },
    leave() {
      socket.off("data", onData);
      socket.off("close", onClose);
      return behind;
    },
  };
}

function raw(bytes: Bytes): Buffer {
  return typeof bytes === "string" ? Buffer.from(bytes, "latin1") : bytes;
}
