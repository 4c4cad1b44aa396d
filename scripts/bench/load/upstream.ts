/**
 * The upstream: answers as the query of the request says, as fast as a raw socket can.
 *
 * - `?chunks=N&gap=MS`: N lines of a streamed chat, MS apart, the first at once; each tells when it
 *   was sent
 * - `?line=BYTES&pieces=N`: a streamed chat whose last line has so many bytes, in N writes
 * - `?bytes=N&pause=MS`: a body of N bytes, paused so long after each 4 MB
 * - `?pause=MS`: reads the request's body so slowly, then answers
 * - nothing: a chat that is not streamed
 */
import type { Socket } from "bun";
import { now } from "../clock.ts";
import { answerCalls } from "../worker.ts";
import { createRequestReader, type Request, type RequestReader } from "./request-reader.ts";

interface Visit {
  readonly reader: RequestReader;
  /** What goes on when the socket takes more. */
  drained?: () => void;
  closed: boolean;
}

const STREAM_HEAD =
  "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";
const FINAL =
  '{"model":"bench","created_at":"2026-11-22T10:00:00.000000000Z","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","total_duration":5000000000,"load_duration":90000000,"prompt_eval_count":26,"prompt_eval_duration":130000000,"eval_count":298,"eval_duration":4700000000}\n';
const WHOLE = FINAL.replace('"content":""', '"content":"Blue, because the air scatters it."');
const PART = 4 * 1024 * 1024;
const filler = Buffer.alloc(PART, "a");

const line = (): string =>
  `{"model":"bench","created_at":"2026-11-22T10:00:00.000000000Z","message":{"role":"assistant","content":" sky"},"sent":${now().toFixed(3)},"done":false}\n`;
const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;

async function answer(socket: Socket<Visit>, { query, last }: Request): Promise<void> {
  const number = (name: string): number => Number(query.get(name) ?? 0);
  if (query.has("chunks")) await streamLines(socket, number("chunks"), number("gap"));
  else if (query.has("line")) await streamLongLine(socket, number("line"), number("pieces"));
  else if (query.has("bytes")) await sendBytes(socket, number("bytes"), number("pause"));
  else {
    socket.write(
      `HTTP/1.1 200 OK\r\nContent-Type: application/json; charset=utf-8\r\nContent-Length: ${WHOLE.length}\r\n\r\n${WHOLE}`,
    );
  }
  if (last) socket.end();
}

function streamLines(socket: Socket<Visit>, chunks: number, gap: number): Promise<void> {
  const over = Promise.withResolvers<void>();
  const begun = now();
  let sent = 0;
  socket.write(STREAM_HEAD + chunk(line()));
  const next = (): void => {
    if (socket.data.closed) return over.resolve();
    if (++sent >= chunks) {
      socket.write(`${chunk(FINAL)}0\r\n\r\n`);
      return over.resolve();
    }
    socket.write(chunk(line()));
    setTimeout(next, Math.max(0, begun + (sent + 1) * gap - now()));
  };
  setTimeout(next, gap);
  return over.promise;
}

async function streamLongLine(socket: Socket<Visit>, bytes: number, pieces: number): Promise<void> {
  const [before = "", after = ""] = FINAL.split('"content":"');
  const part = Math.ceil(bytes / pieces);
  await write(socket, STREAM_HEAD + chunk(line()) + chunk(`${before}"content":"`));
  for (let piece = 0; piece < pieces && !socket.data.closed; piece++) {
    await write(socket, chunk("a".repeat(part)));
    // Each on its own, as far as the network keeps them apart.
    if (piece % 8 === 7) await new Promise(setImmediate);
  }
  await write(socket, `${chunk(after)}0\r\n\r\n`);
}

async function sendBytes(socket: Socket<Visit>, bytes: number, pause: number): Promise<void> {
  await write(
    socket,
    `HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: ${bytes}\r\n\r\n`,
  );
  for (let left = bytes; left > 0 && !socket.data.closed; left -= PART) {
    await write(socket, filler.subarray(0, Math.min(left, PART)));
    await Bun.sleep(pause);
  }
}

async function write(socket: Socket<Visit>, data: string | Buffer): Promise<void> {
  const bytes = typeof data === "string" ? Buffer.from(data) : data;
  let written = socket.write(bytes);
  while (written < bytes.length && !socket.data.closed) {
    const room = Promise.withResolvers<void>();
    socket.data.drained = room.resolve;
    await room.promise;
    written += Math.max(0, socket.write(bytes.subarray(written)));
  }
}

const server = Bun.listen<Visit>({
  hostname: "127.0.0.1",
  port: 0,
  socket: {
    open(socket) {
      const reader = createRequestReader((request) => void answer(socket, request));
      socket.data = { reader, closed: false };
    },
    data(socket, bytes) {
      const pause = socket.data.reader.push(bytes);
      if (pause === 0) return;
      socket.pause();
      setTimeout(() => socket.resume(), pause);
    },
    drain(socket) {
      socket.data.drained?.();
    },
    close(socket) {
      socket.data.closed = true;
      socket.data.drained?.();
    },
    error() {},
  },
});
answerCalls({ port: () => server.port });
