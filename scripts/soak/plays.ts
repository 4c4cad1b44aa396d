import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";

/** A field of a request that asks the upstream to play something; the exporter passes it on. */
export const PLAY_FIELD = "soak-play";

/** Answers on a connection, whatever that means; the request has been read. */
type Play = (socket: Socket, ...args: readonly number[]) => void;

const LINE = `{"model":"soak","message":{"role":"assistant","content":" river"},"done":false}\n`;
const LAST = `{"model":"soak","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","total_duration":900000000,"load_duration":90000000,"prompt_eval_count":9,"prompt_eval_duration":80000000,"eval_count":21,"eval_duration":600000000}\n`;

const FLOOD_LINES = 20_000;

/** The bodies that clients have to get as they are. */
export const BODIES = {
  badLines: `${LINE}not JSON\n{"done":true,\n\n${LAST}`,
  error500: `{"error":"llama runner process has terminated: exit status 2"}`,
  errorLine: `${LINE}{"error":"an error was encountered while running the model"}\n`,
  gzip: gzipSync(LINE.repeat(40) + LAST),
  flood: LINE.replace("river", "river".repeat(30)).repeat(FLOOD_LINES) + LAST,
  steady: (lines: number): string => LINE.repeat(lines - 1) + LAST,
} as const;

/** Milliseconds; long enough for what was written to be passed on before the connection breaks. */
const BEFORE_THE_BREAK = 40;

const NDJSON = "Content-Type: application/x-ndjson";

export const PLAYS: Readonly<Record<string, Play>> = {
  silent: () => {},
  close: (socket) => socket.end(),
  "not-http": (socket) => socket.end("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n"),
  reset: (socket) => {
    socket.write(head(NDJSON) + chunk(LINE) + chunk(LINE));
    setTimeout(() => socket.resetAndDestroy(), BEFORE_THE_BREAK);
  },
  cut: (socket) => {
    socket.write(head("Content-Type: application/json", 200_000) + LINE.repeat(10));
    setTimeout(() => socket.end(), BEFORE_THE_BREAK);
  },
  "bad-lines": (socket) => answer(socket, BODIES.badLines),
  "error-line": (socket) => answer(socket, BODIES.errorLine),
  "error-500": (socket) => {
    const { error500: body } = BODIES;
    const start = head("Content-Type: application/json; charset=utf-8", body.length);
    socket.end(start.replace("200 OK", "500 Internal Server Error") + body);
  },
  gzip: (socket) => {
    const bytes = BODIES.gzip;
    socket.write(`${head(`${NDJSON}\r\nContent-Encoding: gzip`)}${bytes.length.toString(16)}\r\n`);
    socket.write(bytes);
    socket.end("\r\n0\r\n\r\n");
  },
  flood: (socket) => answer(socket, BODIES.flood),
  /** A chunk every few milliseconds. */
  steady: (socket, lines = 1, gap = 1) => {
    socket.write(head(NDJSON));
    let left = lines;
    const timer = setInterval(() => {
      left--;
      if (left > 0) socket.write(chunk(LINE));
      else socket.end(`${chunk(LAST)}0\r\n\r\n`);
      if (left === 0) clearInterval(timer);
    }, gap);
    socket.once("close", () => clearInterval(timer));
  },
};

function answer(socket: Socket, body: string): void {
  socket.end(`${head(NDJSON)}${chunk(body)}0\r\n\r\n`);
}

function head(fields: string, length?: number): string {
  const framing = length === undefined ? "Transfer-Encoding: chunked" : `Content-Length: ${length}`;
  return `HTTP/1.1 200 OK\r\n${fields}\r\n${framing}\r\n\r\n`;
}

/** Of text in ASCII. */
function chunk(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n`;
}
