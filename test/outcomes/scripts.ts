import { gzipSync } from "node:zlib";
import type { Socket } from "node:net";
import { answerOf, chunkOf } from "../support/raw-upstream.ts";
import { FINAL, LAST_CHUNK, SPOKEN, streamHead } from "./chat-request.ts";

/** How an upstream answers, or does not; when it has nothing more to say its part is over. */
export interface Script {
  /** What became of the request: `finished` or `failed`, and the reason. */
  readonly outcome: string;
  readonly status: number;
  /** The connection closes when the client has this. What is written just before may get lost. */
  readonly closeAt?: string;
  answer(socket: Socket): void;
}

const stream = (...lines: readonly string[]): Buffer =>
  Buffer.concat([Buffer.from(streamHead()), ...lines.map((line) => chunkOf(line))]);

const whole = (...lines: readonly string[]): Buffer =>
  Buffer.concat([stream(...lines), Buffer.from(LAST_CHUNK)]);

const status = (code: string, body = '{"error":"no"}', fields: readonly string[] = []) =>
  answerOf(body, { status: code, fields });

const says =
  (bytes: string | Buffer) =>
  (socket: Socket): void =>
    void socket.write(bytes);

const leavesAfter =
  (bytes: string | Buffer) =>
  (socket: Socket): void =>
    void socket.end(bytes);

/** Unreadable as gzip, though it says that it is. */
const GARBAGE = Buffer.from("this is no gzip at all, and never was");

function encoded(encoding: string, body: Buffer): Buffer {
  const head = Buffer.from(streamHead([`Content-Encoding: ${encoding}`]));
  return Buffer.concat([head, chunkOf(body), Buffer.from(LAST_CHUNK)]);
}

const reason = (word: string): string => FINAL.replace('"stop"', JSON.stringify(word));

/** One for each way in which an answer can go; none of them needs the client's help. */
export const SCRIPTS: Readonly<Record<string, Script>> = {
  "a stream with its final object": {
    outcome: "finished stop",
    status: 200,
    answer: says(whole(SPOKEN, FINAL)),
  },
  "a stream that ended by its length": {
    outcome: "finished length",
    status: 200,
    answer: says(whole(SPOKEN, reason("length"))),
  },
  "a stream that ended by a word of tomorrow": {
    outcome: "finished other",
    status: 200,
    answer: says(whole(SPOKEN, reason("boredom"))),
  },
  "an answer in one piece": {
    outcome: "finished stop",
    status: 200,
    answer: says(answerOf(FINAL, { fields: ["Content-Type: application/json; charset=utf-8"] })),
  },
  "a final object without a line end": {
    outcome: "finished stop",
    status: 200,
    answer: says(whole(SPOKEN, FINAL.trimEnd())),
  },
  "a gzip stream with its final object": {
    outcome: "finished stop",
    status: 200,
    answer: says(encoded("gzip", gzipSync(SPOKEN + FINAL))),
  },
  "a compression that cannot be read": {
    outcome: "finished other",
    status: 200,
    answer: says(encoded("gzip", GARBAGE)),
  },
  "a compression that nobody knows": {
    outcome: "finished other",
    status: 200,
    answer: says(encoded("snappy", GARBAGE)),
  },
  "a connection that closes without a word": {
    outcome: "failed upstream_unreachable",
    status: 502,
    answer: (socket) => void socket.end(),
  },
  "a connection that is reset": {
    outcome: "failed upstream_unreachable",
    status: 502,
    answer: (socket) => void socket.resetAndDestroy(),
  },
  "something that is no HTTP": {
    outcome: "failed upstream_unreachable",
    status: 502,
    answer: leavesAfter("SSH-2.0-OpenSSH_9.2p1 Debian-2+deb12u3\r\n"),
  },
  "half a head": {
    outcome: "failed upstream_unreachable",
    status: 502,
    answer: leavesAfter("HTTP/1.1 200 OK\r\nContent-Type: application/x-nd"),
  },
  "a status of 600": {
    outcome: "failed upstream_unreachable",
    status: 502,
    answer: says(status("600 Beyond")),
  },
  "a model that is not found": {
    outcome: "failed upstream_4xx",
    status: 404,
    answer: says(status("404 Not Found")),
  },
  "a request that Ollama does not understand": {
    outcome: "failed upstream_4xx",
    status: 400,
    answer: says(status("400 Bad Request")),
  },
  "a runner that died before its first word": {
    outcome: "failed upstream_5xx",
    status: 500,
    answer: says(status("500 Internal Server Error")),
  },
  "a queue that is full": {
    outcome: "failed upstream_5xx",
    status: 503,
    answer: says(status("503 Service Unavailable")),
  },
  "a redirect": {
    outcome: "failed unexpected_status",
    status: 302,
    answer: says(status("302 Found", "", ["Location: /api/chat/"])),
  },
  "no content": {
    outcome: "failed unexpected_status",
    status: 204,
    answer: says("HTTP/1.1 204 No Content\r\n\r\n"),
  },
  "another success, though it looks finished": {
    outcome: "failed unexpected_status",
    status: 201,
    answer: says(status("201 Created", FINAL)),
  },
  "an error line in the stream": {
    outcome: "failed stream_error",
    status: 200,
    answer: says(whole(SPOKEN, '{"error":"an error was encountered while running the model"}\n')),
  },
  "an error line and a cut": {
    outcome: "failed stream_error",
    status: 200,
    closeAt: "unexpected EOF",
    answer: says(stream(SPOKEN, '{"error":"unexpected EOF"}\n')),
  },
  "a stream that is cut": {
    outcome: "failed truncated",
    status: 200,
    closeAt: '"content":"a"',
    answer: says(stream(SPOKEN)),
  },
  "a clean end without a final object": {
    outcome: "failed truncated",
    status: 200,
    answer: says(whole(SPOKEN, SPOKEN)),
  },
  "an empty answer": {
    outcome: "failed truncated",
    status: 200,
    answer: says(whole()),
  },
  "a final object that is no JSON": {
    outcome: "failed truncated",
    status: 200,
    answer: says(whole(SPOKEN, '{"done":true,\n')),
  },
  "a length that is not reached": {
    outcome: "failed truncated",
    status: 200,
    closeAt: FINAL.slice(0, 50),
    answer: says(
      `HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n${FINAL.slice(0, 50)}`,
    ),
  },
};
