import { expect, test } from "bun:test";
import { requests } from "../daemon-process/log-lines.ts";
import { post } from "../daemon-process/raw-request.ts";
import { openRawClient, type RawClient } from "../support/raw-client.ts";
import { answerOf, chunkOf } from "../support/raw-upstream.ts";
import { CHAT, CHAT_END, CHAT_HEAD, CHAT_LINE, startScene } from "./scene.ts";
import { crowd } from "./kinds.ts";

const CHATS = 200;

test.each([
  ["closes", ({ socket }: RawClient): void => void socket.destroy()],
  ["resets", ({ socket }: RawClient): void => void socket.resetAndDestroy()],
  ["half-closes", ({ socket }: RawClient): void => void socket.end()],
] as const)(
  "a client that has the last event of a chat and %s its connection has a complete answer",
  async (_, leave) => {
    await using scene = await startScene({ args: ["--log-requests"] });
    // The last chunk never comes: the answer is over for who reads it, and for nobody else.
    scene.play(({ socket }) => {
      socket.write(CHAT_HEAD);
      socket.write(chunkOf(CHAT_LINE));
      socket.write(chunkOf(CHAT_END));
    });
    await crowd(CHATS, 8, async () => {
      using client = openRawClient(scene.url, CHAT);
      await client.until((received) => received.includes(CHAT_END));
      leave(client);
      await client.closed;
    });
    await Promise.all(scene.upstream.visits.map(({ closed }) => closed));
    const samples = await scene.expectHealthy();

    const outcomes = requests(scene.exporter.stderr()).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(Array(CHATS + 1).fill("complete"));
    expect(samples.get('ollama_tokens_generated_total{model="m:latest"}')).toBe(CHATS + 1);
  },
  20_000,
);

test("a client that has all bytes of an answer with a length and closes has a complete answer", async () => {
  await using scene = await startScene({ args: ["--log-requests"] });
  for (const bytes of [1, 5000, 200_000]) {
    scene.play(({ socket }) => void socket.write(answerOf("x".repeat(bytes))));
    await crowd(50, 8, async () => {
      using client = openRawClient(scene.url, post("/api/generate", "{}"));
      await client.until((received) => hasBody(received, bytes));
      client.socket.destroy();
      await client.closed;
    });
  }
  await Promise.all(scene.upstream.visits.map(({ closed }) => closed));
  await scene.expectHealthy();
  const outcomes = requests(scene.exporter.stderr()).map(({ outcome }) => outcome);
  expect(outcomes).toEqual(Array(151).fill("complete"));
});

/** Whether a body of so many bytes is there, in chunks or not. */
function hasBody(received: Buffer, bytes: number): boolean {
  return received.length > bytes && received.toString("latin1").split("x").length > bytes;
}
