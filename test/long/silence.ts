import { expect, test } from "bun:test";
import { bodySoFar } from "../faults/body-so-far.ts";
import { startScene } from "../faults/scene.ts";
import { type HttpMessage, parseMessage } from "../support/http-message.ts";
import { openRawClient, type RawClient } from "../support/raw-client.ts";
import { answerOf } from "../support/raw-upstream.ts";
import { createHolder, everyHeld, type Held, heldIndex } from "./held.ts";
import { LONG_SECONDS, pass } from "./wait.ts";

const VERSION = "GET /api/version HTTP/1.1\r\nHost: localhost\r\n\r\n";
const ANSWER = answerOf('{"version":"0.24.0"}', { fields: ["Connection: close"] });

/** Every other client has used its connection before: limits are known to stick to connections. */
async function openClient(url: string, { request }: Held, index: number): Promise<RawClient> {
  if (index % 2 === 0) return openRawClient(url, request);
  const client = openRawClient(url, VERSION);
  await client.until((received) => parseMessage(received, { kind: "response" }) !== undefined);
  client.socket.write(request);
  return client;
}

/** What the client has of the held answer. */
function answerIn(client: RawClient, { method }: Held, index: number): Buffer {
  const received = client.received();
  if (index % 2 === 0) return received;
  const version = parseMessage(received, { kind: "response" });
  if (version === undefined) throw new Error(`${method} has lost the answer before its own`);
  return received.subarray(version.bytes);
}

function wholeAnswer(client: RawClient, held: Held, index: number): HttpMessage | undefined {
  const { method } = held;
  return parseMessage(answerIn(client, held, index), { kind: "response", method });
}

/** Declares the test that holds every route. */
export function declareSilence(): void {
  test.concurrent(
    `every route stays silent for ${LONG_SECONDS} seconds, all at once, and then completes`,
    async () => {
      await using scene = await startScene({ args: ["--log-requests"] });
      const held = everyHeld();
      const holder = createHolder(held);
      const arrived = Promise.withResolvers<void>();
      let missing = held.filter(({ rest }) => rest === undefined).length;
      scene.play(({ request, socket }) => {
        const index = heldIndex(request.startLine);
        // What a client asks first, to have a connection that was used before.
        if (index === undefined) {
          socket.end(ANSWER);
          return;
        }
        holder.arrive(index, socket);
        if (--missing === 0) arrived.resolve();
      });
      const clients = await Promise.all(
        held.map((one, index) => openClient(scene.url, one, index)),
      );
      using _ = { [Symbol.dispose]: () => clients.forEach(({ socket }) => socket.destroy()) };
      await arrived.promise;
      await Promise.all(
        clients.map((client, index) =>
          client.until(() => bodyIn(client, held, index) === held[index]?.first),
        ),
      );
      await pass(LONG_SECONDS);

      const moved = held.filter(
        ({ first }, index) => bodyIn(clients[index] as RawClient, held, index) !== first,
      );
      expect(moved.map(({ name }) => name)).toEqual([]);
      const closed = clients.flatMap(({ socket }, index) =>
        socket.destroyed ? [held[index]?.name] : [],
      );
      expect(closed).toEqual([]);
      for (const [index, { rest }] of held.entries()) {
        if (rest !== undefined) clients[index]?.socket.write(rest);
      }
      holder.finish();
      for (const [index, client] of clients.entries()) {
        const one = held[index] as Held;
        await client.until(() => wholeAnswer(client, one, index) !== undefined);
        const answer = wholeAnswer(client, one, index);
        expect([one.name, answer?.startLine]).toEqual([one.name, "HTTP/1.1 200 OK"]);
        expect([one.name, String(answer?.body)]).toEqual([one.name, one.body]);
        client.socket.destroy();
        await client.closed;
      }
      await scene.expectHealthy();
      const outcomes = scene.exporter.stderr().match(/outcome=\w+/g) ?? [];
      expect(new Set(outcomes)).toEqual(new Set(["outcome=complete"]));
    },
    (LONG_SECONDS + 60) * 1000,
  );
}

/** The body that the client has so far. */
function bodyIn(client: RawClient, held: readonly Held[], index: number): string {
  return bodySoFar(answerIn(client, held[index] as Held, index));
}
