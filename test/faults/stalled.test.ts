import { expect, test } from "bun:test";
import type { Socket } from "node:net";
import { post } from "../daemon-process/raw-request.ts";
import { CHAT, CHAT_HEAD, startScene } from "./scene.ts";
import { drain, MEGABYTE, openStill, pour, residentMemory, untilStill } from "./flow.ts";

const BYTES = 500 * 1000 * 1000;
const MOST_MEMORY = 150 * MEGABYTE;

/** What the systems' socket buffers and the runtime's may hold of a flow that stands still. */
const MOST_IN_BUFFERS = 50 * MEGABYTE;

const MOST_MS = 20_000;

const LENGTH_HEAD = `HTTP/1.1 200 OK\r\nContent-Length: ${BYTES}\r\n\r\n`;
const ONE_CHUNK = `${BYTES.toString(16)}\r\n`;
const LAST = "\r\n0\r\n\r\n";
/** With its length, or in chunks. */
const ENDS = /(?:flow|\r\n0\r\n\r\n)$/;
const GENERATE = post("/api/generate", '{"model":"m"}');

test.each([
  ["a chat's answer in chunks", CHAT, CHAT_HEAD + ONE_CHUNK, LAST],
  ["an answer in chunks", GENERATE, CHAT_HEAD + ONE_CHUNK, LAST],
  ["an answer with a length", GENERATE, LENGTH_HEAD, ""],
] as const)(
  "a client that stops reading %s of 500 MB slows the upstream and nobody else",
  async (_, request, head, last) => {
    await using scene = await startScene();
    const pouring = Promise.withResolvers<() => number>();
    scene.play(({ socket }) => {
      scene.play();
      socket.write(head);
      pouring.resolve(pour(socket, BYTES, last));
    });
    using client = asDisposable(openStill(scene.url, request));
    const poured = await pouring.promise;
    const most = await untilStill(scene, poured);
    expect(poured()).toBeGreaterThan(0);
    expect(poured()).toBeLessThan(MOST_IN_BUFFERS);
    expect(most).toBeLessThan(MOST_MEMORY);

    const reading = drain(client.socket);
    client.socket.resume();
    await reading.until(() => reading.received() >= BYTES && ENDS.test(reading.tail()));
    expect(await residentMemory(scene.url)).toBeLessThan(MOST_MEMORY);
    await scene.expectHealthy();
  },
  MOST_MS,
);

const UPLOAD = `POST /api/blobs/sha256:00 HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${BYTES}\r\n\r\n`;

test.each([
  ["with a length", UPLOAD, ""],
  [
    "in chunks",
    `POST /api/blobs/sha256:00 HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n${ONE_CHUNK}`,
    LAST,
  ],
  [
    "of a chat whose model is known",
    `${UPLOAD.replace("blobs/sha256:00", "chat").replace(String(BYTES), String(BYTES + 14))}{"model":"m",`,
    "}",
  ],
] as const)(
  "an upstream that stops reading an upload of 500 MB %s slows the client and nobody else",
  async (_, begun, last) => {
    await using scene = await startScene();
    const arrived = Promise.withResolvers<Socket>();
    scene.take((socket) => {
      scene.take();
      socket.pause();
      arrived.resolve(socket);
    });
    using client = asDisposable(openStill(scene.url, begun));
    const poured = pour(client.socket, BYTES, last);
    const upload = await arrived.promise;
    const most = await untilStill(scene, poured);
    expect(poured()).toBeGreaterThan(0);
    expect(poured()).toBeLessThan(MOST_IN_BUFFERS);
    expect(most).toBeLessThan(MOST_MEMORY);

    const reading = drain(upload);
    upload.resume();
    await reading.until(() => reading.received() >= BYTES);
    upload.write("HTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
    const answer = drain(client.socket);
    client.socket.resume();
    await answer.until(() => answer.tail().endsWith("\r\n\r\n"));
    expect(await residentMemory(scene.url)).toBeLessThan(MOST_MEMORY);
    await scene.expectHealthy();
  },
  MOST_MS,
);

function asDisposable(socket: Socket): { readonly socket: Socket } & Disposable {
  return { socket, [Symbol.dispose]: () => void socket.destroy() };
}
