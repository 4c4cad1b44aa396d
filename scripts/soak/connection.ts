import { connect } from "node:net";
import { type AnswerReader, createAnswerReader } from "./answer-reader.ts";

export interface Asking {
  readonly method?: string;
  readonly path: string;
  readonly fields?: Readonly<Record<string, string | number>>;
  readonly body?: string | Buffer;
  /**
   * Called when more of the answer has come. `leave` closes the connection at once; while a promise
   * is pending nothing more is read.
   */
  onData?(answer: AnswerReader): "leave" | Promise<void> | undefined;
  /** Milliseconds after which the connection is closed, whatever has come. */
  readonly leaveAfter?: number;
}

export interface Connection extends Disposable {
  /** Sends a request; resolves when the answer is whole, or the connection closed by whomever. */
  ask(asking: Asking): Promise<AnswerReader>;
  /** Whether another request may follow. */
  isOpen(): boolean;
}

/** Milliseconds; nothing here takes longer than a few seconds, even on a busy machine. */
const DEADLINE = 60_000;

/** A client that knows of each byte when it comes, and leaves exactly when it is told to. */
export function openConnection(port: number): Connection {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true });
  let open = true;
  let onData: ((data: Buffer) => void) | undefined;
  let onClose: (() => void) | undefined;
  socket.on("error", () => {});
  socket.on("data", (data: Buffer) => onData?.(data));
  socket.once("close", () => {
    open = false;
    onClose?.();
  });

  const ask = (asking: Asking): Promise<AnswerReader> => {
    const reader = createAnswerReader();
    const { promise, resolve } = Promise.withResolvers<AnswerReader>();
    const late = setTimeout(() => socket.destroy(), asking.leaveAfter ?? DEADLINE);
    const over = (): void => {
      clearTimeout(late);
      resolve(reader);
    };
    onClose = over;
    onData = (data) => {
      reader.push(data);
      const reaction = asking.onData?.(reader);
      if (reaction === "leave") return void socket.destroy();
      if (reader.whole) return over();
      if (reaction === undefined) return;
      socket.pause();
      void reaction.then(() => socket.resume());
    };
    if (open) socket.write(bytesOf(asking));
    else over();
    return promise;
  };
  return { ask, isOpen: () => open, [Symbol.dispose]: () => void socket.destroy() };
}

function bytesOf({ method = "POST", path, fields = {}, body = "" }: Asking): Buffer {
  const length = { "Content-Length": Buffer.byteLength(body) };
  const all = { Host: "127.0.0.1", ...(method === "POST" && length), ...fields };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.concat([
    Buffer.from(`${method} ${path} HTTP/1.1\r\n${lines.join("")}\r\n`),
    Buffer.from(body),
  ]);
}
