import { expect, test } from "bun:test";
import { get } from "../daemon-process/raw-request.ts";
import { fieldValues, type HttpMessage, parseMessage } from "../support/http-message.ts";
import { isOwnQuestion } from "../support/own-questions.ts";
import { exchange, openRawClient, type RawClient } from "../support/raw-client.ts";
import { chunkOf } from "../support/raw-upstream.ts";
import {
  CHAT,
  CHAT_END,
  CHAT_HEAD,
  CHAT_LINE,
  LAST_CHUNK,
  type Scene,
  startScene,
} from "./scene.ts";

const DESCRIPTORS = 200;

/** Each stream has two connections. */
const MOST_STREAMS = DESCRIPTORS / 2;

/** Streams of clients that stay open until the upstream finishes them. */
function openStreams(scene: Scene): void {
  scene.play(({ socket }) => {
    socket.write(CHAT_HEAD);
    socket.write(chunkOf(CHAT_LINE));
  });
}

function finishStreams(scene: Scene): void {
  const end = Buffer.concat([chunkOf(CHAT_END), Buffer.from(LAST_CHUNK)]);
  for (const { request, socket } of scene.upstream.visits) {
    if (request.startLine.startsWith("POST /api/chat")) socket.write(end);
  }
}

/** Opens streams until one is refused. */
async function fill(scene: Scene, clients: RawClient[]): Promise<HttpMessage> {
  while (clients.length < MOST_STREAMS) {
    const client = openRawClient(scene.url, CHAT);
    clients.push(client);
    const received = await client.until(
      (bytes) =>
        bytes.includes(CHAT_LINE) || parseMessage(bytes, { kind: "response" }) !== undefined,
    );
    const refused = parseMessage(received, { kind: "response" });
    if (refused) {
      clients.pop();
      await client.closed;
      return refused;
    }
  }
  throw new Error(`${clients.length} streams are open and none was refused`);
}

function expectRefusal(answer: HttpMessage): void {
  expect(answer.startLine).toBe("HTTP/1.1 503 Service Unavailable");
  expect(fieldValues(answer, "content-type")).toEqual(["application/json; charset=utf-8"]);
  expect(fieldValues(answer, "connection").map((value) => value.toLowerCase())).toEqual(["close"]);
  expect(JSON.parse(String(answer.body))).toEqual({ error: expect.any(String) });
}

test("requests get 503 before the descriptors run out, and running streams finish", async () => {
  await using scene = await startScene({ descriptors: DESCRIPTORS });
  openStreams(scene);
  const clients: RawClient[] = [];
  using _ = { [Symbol.dispose]: () => clients.forEach(({ socket }) => socket.destroy()) };

  expectRefusal(await fill(scene, clients));
  expect(clients.length).toBeGreaterThan(MOST_STREAMS / 2);
  for (let round = 0; round < 50; round++) {
    for (const request of [CHAT, get("/api/tags")]) {
      expectRefusal(await exchange(scene.url, request));
    }
  }
  const theirs = scene.upstream.visits.filter(({ request }) => !isOwnQuestion(request));
  expect(theirs).toHaveLength(clients.length);

  finishStreams(scene);
  for (const client of clients) {
    const received = await client.until(
      (bytes) => parseMessage(bytes, { kind: "response" }) !== undefined,
    );
    const answer = parseMessage(received, { kind: "response" });
    expect(String(answer?.body)).toBe(CHAT_LINE + CHAT_END);
    client.socket.destroy();
    await client.closed;
  }
  const told = scene.exporter
    .stderr()
    .split("\n")
    .filter((line) => / (WARN|ERROR) /.test(line));
  expect(told).toEqual([expect.stringContaining("descriptors")]);
  await scene.expectHealthy();
});

test("idle connections count before the descriptors run out", async () => {
  await using scene = await startScene({ descriptors: DESCRIPTORS });
  const clients: RawClient[] = [];
  using _ = { [Symbol.dispose]: () => clients.forEach(({ socket }) => socket.destroy()) };
  for (let idle = 0; idle < DESCRIPTORS / 2; idle++) {
    const client = openRawClient(scene.url, get("/metrics"));
    clients.push(client);
    await client.until((bytes) => parseMessage(bytes, { kind: "response" }) !== undefined);
  }
  openStreams(scene);
  const streams: RawClient[] = [];
  try {
    expectRefusal(await fill(scene, streams));
    expect(streams.length).toBeGreaterThan(10);
    expect(streams.length).toBeLessThan(MOST_STREAMS / 2);
    finishStreams(scene);
    for (const stream of streams) {
      await stream.until((bytes) => parseMessage(bytes, { kind: "response" }) !== undefined);
    }
  } finally {
    for (const { socket } of streams) socket.destroy();
  }
  for (const { socket, closed } of clients) {
    socket.destroy();
    await closed;
  }
  await scene.expectHealthy();
});

test("more connections than descriptors wait for their turn, and running streams finish", async () => {
  await using scene = await startScene({ descriptors: DESCRIPTORS });
  openStreams(scene);
  using stream = openRawClient(scene.url, CHAT);
  await stream.until((bytes) => bytes.includes(CHAT_LINE));
  const crowd = Array.from({ length: DESCRIPTORS + 50 }, () =>
    openRawClient(scene.url, get("/metrics")),
  );
  using _ = { [Symbol.dispose]: () => crowd.forEach(({ socket }) => socket.destroy()) };
  await Promise.race(
    crowd.map(({ until }) =>
      until((bytes) => parseMessage(bytes, { kind: "response" }) !== undefined),
    ),
  );
  finishStreams(scene);
  await stream.until((bytes) => parseMessage(bytes, { kind: "response" }) !== undefined);
  expect(String(stream.received())).toContain(CHAT_END);
  for (const { socket } of crowd) socket.destroy();
  await Promise.all(crowd.map(({ closed }) => closed));
  await scene.expectHealthy();
});
