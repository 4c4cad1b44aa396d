import { expect, test } from "bun:test";
import { startScene } from "../faults/scene.ts";
import { parseMessage } from "../support/http-message.ts";
import { openRawClient, type RawClient } from "../support/raw-client.ts";

/** Seconds, as promised: for the first head of a connection, and for everything later. */
const FIRST_HEAD = 15;
const LATER = 60;

const MARGIN_SECONDS = 20;
const HALF_HEAD = "GET /api/tags HTTP/1.1\r\nHost: localhost\r\nX-Some";
const WHOLE = "GET /metrics HTTP/1.1\r\nHost: localhost\r\n\r\n";
const CHAT =
  'POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Length: 13\r\n\r\n{"model":"m"}';

/** Sends a byte of a field a second, for as long as the connection is open. */
function trickle({ socket, closed }: RawClient): void {
  const timer = setInterval(() => socket.write("x"), 1000);
  void closed.finally(() => clearInterval(timer));
}

/** What a client does on a fresh connection, and on one that has had its answer. */
const SLOWNESS: Readonly<Record<string, (client: RawClient) => void>> = {
  "without a byte": () => {},
  "with half a head": ({ socket }) => void socket.write(HALF_HEAD),
  "with a trickled head": (client) => {
    client.socket.write(HALF_HEAD);
    trickle(client);
  },
};

async function expectClosed(client: RawClient, seconds: number): Promise<void> {
  const since = performance.now();
  await client.closed;
  expect((performance.now() - since) / 1000).toBeLessThan(seconds);
}

/** Declares the tests of slow and idle clients. */
export function declareConnections(): void {
  for (const [how, act] of Object.entries(SLOWNESS)) {
    test.concurrent(
      `a connection ${how} is closed by the exporter within ${FIRST_HEAD} s`,
      async () => {
        await using scene = await startScene();
        using client = openRawClient(scene.url, "");
        client.socket.once("connect", () => act(client));
        await expectClosed(client, FIRST_HEAD);
        await scene.expectHealthy();
      },
      (FIRST_HEAD + MARGIN_SECONDS) * 1000,
    );

    for (const [what, request] of Object.entries({ "page of metrics": WHOLE, chat: CHAT })) {
      test.concurrent(
        `a connection that goes on ${how} after a ${what} is closed within ${LATER} s`,
        async () => {
          await using scene = await startScene();
          using client = openRawClient(scene.url, request);
          await client.until((bytes) => parseMessage(bytes, { kind: "response" }) !== undefined);
          act(client);
          await expectClosed(client, LATER);
          await scene.expectHealthy();
        },
        (LATER + MARGIN_SECONDS) * 1000,
      );
    }
  }
}
