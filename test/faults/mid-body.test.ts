import { expect, test } from "bun:test";
import { get, post } from "../daemon-process/raw-request.ts";
import { parseMessage } from "../support/http-message.ts";
import { openRawClient } from "../support/raw-client.ts";
import { chunkOf, type Visit } from "../support/raw-upstream.ts";
import { bodySoFar } from "./body-so-far.ts";
import { CHAT_HEAD, CHAT_LINE, SECRET, startScene } from "./scene.ts";

const JSON_HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
const withLength = (length: number, body: string): string =>
  `${JSON_HEAD}Content-Length: ${length}\r\n\r\n${body}`;

interface Cut {
  /** What the upstream says before it dies. */
  readonly answer: string | Buffer;
  /** The body in it, which the client has when it dies. */
  readonly body: string;
}

const CUTS: Readonly<Record<string, Cut>> = {
  "after a chunk": {
    answer: Buffer.concat([Buffer.from(CHAT_HEAD), chunkOf(CHAT_LINE)]),
    body: CHAT_LINE,
  },
  "within a chunk": { answer: `${CHAT_HEAD}ffff\r\n${CHAT_LINE}`, body: CHAT_LINE },
  "within a chunk's size": {
    answer: Buffer.concat([Buffer.from(CHAT_HEAD), chunkOf(CHAT_LINE), Buffer.from("1")]),
    body: CHAT_LINE,
  },
  // With its line end, the zero-sized chunk makes a message complete (RFC 9112 §8).
  "within the last chunk": {
    answer: Buffer.concat([Buffer.from(CHAT_HEAD), chunkOf(CHAT_LINE), Buffer.from("0\r")]),
    body: CHAT_LINE,
  },
  "in the middle of 1,000 bytes": { answer: withLength(1000, CHAT_LINE), body: CHAT_LINE },
  "in the middle of 64 KiB": {
    answer: withLength(65_536, "x".repeat(40_000)),
    body: "x".repeat(40_000),
  },
  "one byte before the end of 64 KiB": {
    answer: withLength(65_536, "x".repeat(65_535)),
    body: "x".repeat(65_535),
  },
  "in the middle of 1 MB": {
    answer: withLength(1_000_000, "x".repeat(300_000)),
    body: "x".repeat(300_000),
  },
  "one byte before the end of 100 KB": {
    answer: withLength(100_000, "x".repeat(99_999)),
    body: "x".repeat(99_999),
  },
};

const REQUESTS = {
  "/api/chat": post(`/api/chat?${SECRET}`, '{"model":"m"}'),
  "/api/generate": post(`/api/generate?${SECRET}`, '{"model":"m"}'),
  "/v1/chat/completions": post(`/v1/chat/completions?${SECRET}`, '{"model":"m"}'),
  "/api/tags": get(`/api/tags?${SECRET}`),
} as const;

const DEATHS: Readonly<Record<string, (visit: Visit) => void>> = {
  closes: ({ socket }) => socket.end(),
  resets: ({ socket }) => socket.resetAndDestroy(),
};

const cases = Object.entries(CUTS).flatMap(([where, cut]) =>
  Object.entries(DEATHS).map(([how, die]) => [how, where, cut, die] as const),
);

test.each(cases)(
  "an upstream that %s its connection %s breaks the client's answer visibly",
  async (_how, _where, { answer, body }, die) => {
    await using scene = await startScene();
    for (const request of Object.values(REQUESTS)) {
      scene.play(({ socket }) => void socket.write(answer));
      using client = openRawClient(scene.url, request);
      await client.until((received) => bodySoFar(received).length === body.length);
      const visit = scene.upstream.visits.at(-1);
      if (visit === undefined) throw new Error("the upstream has not been asked");
      die(visit);
      const received = await client.closed;

      expect(String(received)).toStartWith("HTTP/1.1 200 OK\r\n");
      expect(bodySoFar(received)).toBe(body);
      expect(parseMessage(received, { kind: "response" })).toBeUndefined();
      await visit.closed;
    }
    await scene.expectHealthy();
  },
);

test.each(Object.entries(DEATHS))(
  "an upstream that %s its connection with the last bytes it has never makes a clean end",
  async (how) => {
    await using scene = await startScene({ args: ["--log-requests"] });
    for (const { answer } of Object.values(CUTS)) {
      for (const request of Object.values(REQUESTS)) {
        scene.play(({ socket }) => {
          if (how === "closes") socket.end(answer);
          else socket.write(answer, () => socket.resetAndDestroy());
        });
        using client = openRawClient(scene.url, request);
        const received = await client.until(isWhole).catch(() => client.closed);
        const message = parseMessage(received, { kind: "response" });
        if (message !== undefined) expect(message.startLine).toBe("HTTP/1.1 502 Bad Gateway");
      }
    }
    expect(scene.exporter.stderr()).not.toContain("outcome=complete");
    await scene.expectHealthy();
  },
);

test.each(["/api/chat", "/api/tags"] as const)(
  "an upstream that dies between the head and the body gives %s no clean end",
  async (route) => {
    await using scene = await startScene();
    for (const head of [CHAT_HEAD, withLength(100, ""), withLength(100_000, "")]) {
      scene.play(({ socket }) => socket.end(head));
      using client = openRawClient(scene.url, REQUESTS[route]);
      const received = await client.until(isWhole).catch(() => client.closed);
      const message = parseMessage(received, { kind: "response" });
      if (message !== undefined) expect(message.startLine).toBe("HTTP/1.1 502 Bad Gateway");
    }
    await scene.expectHealthy();
  },
);

function isWhole(received: Buffer): boolean {
  return parseMessage(received, { kind: "response" }) !== undefined;
}
