import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { openRawClient } from "../support/raw-client.ts";
import { answerOf } from "../support/raw-upstream.ts";
import { type Arena, startArena } from "./arena.ts";
import { attack, bounded } from "./attack.ts";
import { ACCEPTED, REFUSED, SEVERAL } from "./malformed-requests.ts";

const AFTER_ANOTHER = "GET /before HTTP/1.1\r\nHost: localhost\r\n\r\n";

interface Outcome {
  /** The statuses of all answers that the client has got. */
  readonly statuses: readonly number[];
  /** The start lines of what has been forwarded. */
  readonly forwarded: readonly string[];
}

describe("A malformed request", () => {
  let arena: Arena;
  const forwarded: string[] = [];
  beforeAll(async () => {
    arena = await startArena(({ startLine }, socket) => {
      forwarded.push(startLine);
      socket.write(answerOf("fine"));
    });
  });
  afterAll(() => arena[Symbol.asyncDispose]());

  /** Sends the bytes, after a good request on the same connection if asked to, and leaves. */
  async function send(bytes: string, before = ""): Promise<Outcome> {
    using bystander = arena.bystander();
    using client = openRawClient(arena.url, before);
    if (before !== "") await client.until((received) => received.includes("fine"));
    const start = client.received().length;
    const { length } = forwarded;
    await bounded(attack(client, [Buffer.from(bytes, "latin1")], bystander), () => bytes);
    client.socket.end();
    const received = await bounded(client.closed, () => bytes);
    const text = received.subarray(start).toString("latin1");
    const statuses = Array.from(text.matchAll(/HTTP\/1\.1 (\d+)/g), ([, status]) => Number(status));
    return { statuses, forwarded: forwarded.slice(length) };
  }

  const refused = Object.entries(REFUSED).map(
    ([what, [first, bytes]]) => [what, first, bytes] as const,
  );

  test.each(refused)("with %s gets %d and reaches no upstream", async (_, status, bytes) => {
    for (const before of ["", AFTER_ANOTHER]) {
      expect(await send(bytes, before)).toEqual({ statuses: [status], forwarded: [] });
    }
  });

  test.each(Object.entries(ACCEPTED))("with %s is allowed and is one request", async (_, bytes) => {
    for (const before of ["", AFTER_ANOTHER]) {
      const outcome = await send(bytes, before);
      expect(outcome).toEqual({ statuses: [200], forwarded: [bytes.split("\r\n")[0] ?? ""] });
    }
  });

  const several = Object.entries(SEVERAL).map(
    ([what, [first, bytes]]) => [what, first, bytes] as const,
  );

  test.each(several)("of %s is no more than %d to the upstream", async (_, most, bytes) => {
    for (const before of ["", AFTER_ANOTHER]) {
      const outcome = await send(bytes, before);
      expect(outcome.forwarded.length).toBeLessThanOrEqual(most);
      expect(outcome.statuses.length).toBeLessThanOrEqual(most + 1);
    }
  });

  test("leaves the exporter unharmed", async () => {
    expect(forwarded.filter((line) => line.includes("smuggled"))).toEqual([]);
    await arena.expectUnharmed();
  });
});
