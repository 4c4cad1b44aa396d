import { expect, test } from "bun:test";
import type { Socket } from "node:net";
import { crowd } from "../faults/kinds.ts";
import { openRawClient } from "../support/raw-client.ts";
import { recordings } from "../support/recordings.ts";
import { startArena } from "./arena.ts";
import { attack, bounded, foreignMarks, marked, markOf } from "./attack.ts";
import { mutate, pieces } from "./mutate.ts";
import { COUNT, createRandom, type Random, SEED } from "./random.ts";

const AT_ONCE = 8;

/** So that requests and answers of one number have nothing to do with each other. */
const APART = 1_000_000;

const donors = recordings().map(({ response }) => response);

const REQUESTS = [
  "GET /api/tags",
  "GET /api/tags",
  "HEAD /api/version",
  "POST /api/chat",
  "POST /api/generate",
  "POST /v1/messages",
  "DELETE /api/delete",
] as const;

/** The bytes of an answer by its number, and what comes after them. */
function answerTo(index: number): { bytes: Buffer; request: string; random: Random } {
  const random = createRandom(SEED + APART + index);
  const bytes = mutate(marked(random.pick(donors), markOf(index)), random, donors);
  const [method, path] = random.pick(REQUESTS).split(" ");
  const length = method === "GET" || method === "HEAD" ? "" : "Content-Length: 13\r\n";
  const body = length && '{"model":"m"}';
  const request = `${method} ${path}?answer=${index} HTTP/1.1\r\nHost: localhost\r\n${length}\r\n${body}`;
  return { bytes, request, random };
}

async function answerBadly(index: number, socket: Socket): Promise<void> {
  const { bytes, random } = answerTo(index);
  for (const part of pieces(bytes, random)) {
    if (socket.destroyed) return;
    socket.write(part);
    await new Promise((resolve) => setImmediate(resolve));
  }
  if (random.chance(0.5)) socket.end();
  else if (random.chance(0.3)) socket.resetAndDestroy();
}

test(`${COUNT} mutated answers harm nobody but those who asked (FUZZ_SEED=${SEED})`, async () => {
  const delivered = new Set<number>();
  await using arena = await startArena(({ startLine }, socket) => {
    const index = Number(/\?answer=(\d+) /.exec(startLine)?.[1]);
    delivered.add(index);
    void answerBadly(index, socket);
  });
  const issued = new Set(Array.from({ length: COUNT }, (_, index) => markOf(index)));
  const foreign: string[] = [];
  let answers = 0;

  const share = async (worker: number): Promise<void> => {
    using bystander = arena.bystander();
    for (let index = worker; index < COUNT; index += AT_ONCE) {
      const { bytes, request } = answerTo(index);
      const what = (): string => `answer ${index}: ${JSON.stringify(bytes.toString("latin1"))}`;
      using client = openRawClient(arena.url, "");
      if (await bounded(attack(client, [Buffer.from(request)], bystander), what)) answers++;
      client.socket.end();
      const received = await bounded(client.closed, what);
      foreign.push(...foreignMarks(received, new Set([markOf(index)]), issued));
    }
  };
  await crowd(AT_ONCE, AT_ONCE, share);

  expect(foreign).toEqual([]);
  expect(delivered.size).toBe(COUNT);
  expect(answers).toBeGreaterThan(COUNT / 4);
  await arena.expectUnharmed();
}, 60_000);
