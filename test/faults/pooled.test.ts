import { expect, test } from "bun:test";
import type { Socket } from "node:net";
import { exchange } from "../support/raw-client.ts";
import { answerOf } from "../support/raw-upstream.ts";
import { crowd, KINDS, requestOfKind } from "./kinds.ts";
import { startScene } from "./scene.ts";

const REQUESTS = 500;

/** How an upstream closes connections that it never said it would close. */
const CLOSINGS: Readonly<Record<string, (socket: Socket, answer: string) => void>> = {
  "after each reply": (socket, answer) => socket.end(answer),
  "abruptly after each reply": (socket, answer) =>
    socket.write(answer, () => void socket.destroy()),
  "a turn after each reply": (socket, answer) =>
    socket.write(answer, () => void setImmediate(() => socket.destroy())),
  "after 2 idle milliseconds": (socket, answer) => {
    socket.setTimeout(2, () => void socket.destroy());
    socket.write(answer);
  },
};

const cases = Object.entries(CLOSINGS).flatMap(([when, reply]) =>
  KINDS.map((kind) => [kind, when, reply] as const),
);

test.each(cases)(
  "500 requests %s survive an upstream that closes its connections %s",
  async (kind, _when, reply) => {
    await using scene = await startScene();
    scene.play(({ request, socket }) => reply(socket, answerTo(request.startLine)));
    const failed: string[] = [];
    await crowd(REQUESTS, 10, async (id) => {
      const { startLine } = await exchange(scene.url, requestOfKind(kind, id));
      if (startLine !== "HTTP/1.1 200 OK") failed.push(startLine);
    });
    expect(failed).toEqual([]);
    await scene.expectHealthy();
  },
  20_000,
);

function answerTo(startLine: string): string {
  return startLine.startsWith("HEAD ")
    ? "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n"
    : answerOf("fine");
}
