import { expect, test } from "bun:test";
import type { Socket } from "node:net";
import { fieldValues } from "../support/http-message.ts";
import { exchange } from "../support/raw-client.ts";
import { answerOf, type Visit } from "../support/raw-upstream.ts";
import { crowd, KINDS, type Kind, requestOfKind } from "./kinds.ts";
import { type Scene, startScene } from "./scene.ts";

const REQUESTS = 100;

/** Requests that mean the same however often they are made (RFC 9110 §9.2.2). */
const IDEMPOTENT: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS", "PUT", "DELETE"]);

/** What an upstream does with a request that it has read, instead of answering it. */
const FAULTS: Readonly<Record<string, (socket: Socket) => void>> = {
  "closes the connection": (socket) => socket.end(),
  "resets the connection": (socket) => socket.resetAndDestroy(),
  "closes the connection in mid-head": (socket) => socket.end("HTTP/1.1 200 OK\r\nContent-"),
};

const cases = Object.entries(FAULTS).flatMap(([what, fail]) =>
  KINDS.map((kind) => [kind, what, fail] as const),
);

/** Sends the requests; gives how often each has arrived and how often each was answered. */
async function deliveries(
  scene: Scene,
  kind: Kind,
  answers: (visit: Visit) => boolean,
): Promise<{ arrived: Map<string, number>; answered: Map<string, number>; statuses: Set<string> }> {
  const arrived = new Map<string, number>();
  const answered = new Map<string, number>();
  const statuses = new Set<string>();
  scene.play((visit) => {
    const [id = ""] = fieldValues(visit.request, "x-id");
    count(arrived, id);
    if (answers(visit)) count(answered, id);
  });
  await crowd(REQUESTS, 5, async (id) => {
    const { startLine } = await exchange(scene.url, requestOfKind(kind, id));
    statuses.add(startLine);
  });
  scene.play();
  return { arrived, answered, statuses };
}

test.each(cases)(
  "%s is never re-sent, or only while unanswered if idempotent, when the upstream of a used connection %s",
  async (kind, _what, fail) => {
    await using scene = await startScene();
    const used = new Map<Socket, number>();
    const { arrived, answered, statuses } = await deliveries(scene, kind, ({ request, socket }) => {
      const times = (used.get(socket) ?? 0) + 1;
      used.set(socket, times);
      if (times > 1) {
        fail(socket);
        return false;
      }
      const head = request.startLine.startsWith("HEAD ");
      socket.write(head ? "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n" : answerOf("fine"));
      return true;
    });
    expect(arrived.size).toBe(REQUESTS);
    if (!IDEMPOTENT.has(kind.split(" ")[0] ?? "")) expect(Math.max(...arrived.values())).toBe(1);
    expect([...answered.values()].filter((times) => times > 1)).toEqual([]);
    // Re-sent over a connection that nobody has used, or never sent over one that somebody has.
    expect([...statuses]).toEqual(["HTTP/1.1 200 OK"]);
    await scene.expectHealthy();
  },
  20_000,
);

test.each(cases)(
  "%s is delivered once when the upstream of a fresh connection %s",
  async (kind, _what, fail) => {
    await using scene = await startScene();
    const { arrived, statuses } = await deliveries(scene, kind, ({ socket }) => {
      fail(socket);
      return false;
    });
    expect(arrived.size).toBe(REQUESTS);
    expect(Math.max(...arrived.values())).toBe(1);
    expect([...statuses]).toEqual(["HTTP/1.1 502 Bad Gateway"]);
    await scene.expectHealthy();
  },
  20_000,
);

function count(map: Map<string, number>, id: string): void {
  map.set(id, (map.get(id) ?? 0) + 1);
}
