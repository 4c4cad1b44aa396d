import { expect, test } from "bun:test";
import { get, post } from "../daemon-process/raw-request.ts";
import { isOwnQuestion } from "../support/own-questions.ts";
import { openRawClient, type RawClient } from "../support/raw-client.ts";
import { chunkOf, type Visit } from "../support/raw-upstream.ts";
import { CHAT_HEAD, CHAT_LINE, type Scene, SECRET, startScene } from "./scene.ts";
import { type Arrival, arrivals } from "./arrivals.ts";

const JSON_BODY = '{"model":"m","messages":[]}';

const WHOLE = {
  "/api/chat": post(`/api/chat?${SECRET}`, JSON_BODY),
  "/api/generate": post(`/api/generate?${SECRET}`, JSON_BODY),
  "/v1/chat/completions": post(`/v1/chat/completions?${SECRET}`, JSON_BODY),
  "/v1/messages": post(`/v1/messages?${SECRET}`, JSON_BODY),
  "/api/pull": post(`/api/pull?${SECRET}`, JSON_BODY),
  "/api/blobs": post(`/api/blobs/sha256:00?${SECRET}`, "b".repeat(300_000)),
  "/api/tags": get(`/api/tags?${SECRET}`),
  "/api/delete": post(`/api/delete?${SECRET}`, JSON_BODY).replace("POST", "DELETE"),
} as const;

/** The body's second half does not come; the model, where there is one, is in the first. */
const BEGUN = '{"model":"m","messages":[';
const half = (target: string): string => post(target, BEGUN + " ".repeat(99_000)).slice(0, -50_000);
const halfChunked = (target: string): string =>
  [
    `POST ${target} HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n`,
    String(chunkOf(BEGUN)),
    String(chunkOf(" ".repeat(49_000))),
  ].join("");

const UPLOADS = [
  "/api/chat",
  "/api/generate",
  "/v1/chat/completions",
  "/api/blobs/sha256:00",
].flatMap(
  (route) =>
    [
      [route, "with a length", half(`${route}?${SECRET}`)],
      [route, "in chunks", halfChunked(`${route}?${SECRET}`)],
    ] as const,
);

const LEAVINGS: Readonly<Record<string, (client: RawClient) => void>> = {
  closes: ({ socket }) => void socket.destroy(),
  resets: ({ socket }) => void socket.resetAndDestroy(),
  "closes its half of": ({ socket }) => void socket.end(),
};

/** What `expectSeen` allows between a client's leaving and the upstream's hearing of it. */
const MOST_MS = 1000;

/** Leaves, and expects that the upstream's connection closes in time and the log tells why. */
async function expectSeen(
  scene: Scene,
  client: RawClient,
  visit: Pick<Visit, "closed"> | undefined,
  leave: (client: RawClient) => void,
): Promise<void> {
  const left = performance.now();
  leave(client);
  await visit?.closed;
  expect(performance.now() - left).toBeLessThan(MOST_MS);
  await scene.exporter.says(/outcome=client_abort/);
}

const startLogged = (): Promise<Scene> => startScene({ args: ["--log-requests"] });

const leavings = Object.entries(LEAVINGS);
const routes = Object.entries(WHOLE).flatMap(([route, request]) =>
  leavings.map(([how, leave]) => [how, route, request, leave] as const),
);

test.each(routes)(
  "a client that %s its connection before the first byte of %s is seen by the upstream",
  async (_how, _route, request, leave) => {
    await using scene = await startLogged();
    const visited = Promise.withResolvers<Visit>();
    scene.play(visited.resolve);
    using client = openRawClient(scene.url, request);
    await expectSeen(scene, client, await visited.promise, leave);
    await client.closed;
    await scene.expectHealthy();
  },
);

test.each(routes)(
  "a client that %s its connection in the middle of the answer of %s is seen by the upstream",
  async (_how, _route, request, leave) => {
    await using scene = await startLogged();
    scene.play(({ socket }) => {
      socket.write(CHAT_HEAD);
      socket.write(chunkOf(CHAT_LINE));
    });
    using client = openRawClient(scene.url, request);
    await client.until((received) => received.includes(CHAT_LINE));
    await expectSeen(scene, client, scene.upstream.visits.at(-1), leave);
    await scene.expectHealthy();
  },
);

const uploads = UPLOADS.flatMap(([route, framing, request]) =>
  leavings.map(([how, leave]) => [how, route, framing, request, leave] as const),
);

test.each(uploads)(
  "a client that %s its connection in the middle of the upload to %s %s is seen by the upstream",
  async (_how, _route, _framing, request, leave) => {
    await using scene = await startLogged();
    const before = scene.upstream.connections();
    const next = arrivals(scene);
    using client = openRawClient(scene.url, request);
    const arrival: Arrival = await next();
    await arrival.until(49_000);
    await expectSeen(scene, client, arrival, leave);
    expect(scene.upstream.connections()).toBe(before + 1);
    await scene.expectHealthy();
  },
);

const HELD = '{"messages":[{"role":"user","content":"';

test.each(leavings)(
  "a client that %s its connection while its chat is held reaches no upstream",
  async (_how, leave) => {
    await using scene = await startLogged();
    for (const request of [
      post("/api/chat", HELD + "x".repeat(9000)).slice(0, -1000),
      `POST /api/chat HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n${String(chunkOf(HELD))}`,
    ]) {
      using client = openRawClient(scene.url, request);
      // What the exporter has is beyond our sight: another connection's answer comes after it.
      await (await fetch(`${scene.url}/metrics`)).text();
      leave(client);
      await client.closed;
    }
    await scene.exporter.says(/outcome=client_abort[^]*outcome=client_abort/);
    const theirs = scene.upstream.visits.filter(({ request }) => !isOwnQuestion(request));
    expect(theirs).toHaveLength(0);
    await scene.expectHealthy();
  },
);
