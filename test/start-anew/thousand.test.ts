import { afterEach, beforeAll, expect, test } from "bun:test";
import { beginChat, FIRST, LAST, startOpenChats } from "../daemon-process/open-chats.ts";
import { buildBinary, startExporter } from "../support/exporter.ts";
import { scrape } from "../support/exposition.ts";
import { parseMessage } from "../support/http-message.ts";

const CHATS = 1000;

// Disposed of here, because a test that times out never leaves its own scope.
let running = new AsyncDisposableStack();

beforeAll(buildBinary);

afterEach(async () => {
  await running.disposeAsync();
  running = new AsyncDisposableStack();
});

test("a thousand chats stream at the same time through the binary", async () => {
  const upstream = running.use(await startOpenChats());
  const exporter = running.use(
    await startExporter({ target: "binary", upstream: upstream.url, args: [] }),
  );
  const clients = await Promise.all(
    Array.from({ length: CHATS }, async () => running.use(await beginChat(exporter.url))),
  );
  // All have their first chunk; nothing ends before the upstream is told to finish.
  const chats = upstream.visits.filter(({ request }) => request.startLine.includes("/api/chat"));
  expect(chats).toHaveLength(CHATS);
  expect(chats.filter(({ socket }) => socket.destroyed || socket.readableEnded)).toHaveLength(0);
  expect(clients.filter(({ socket }) => socket.readableEnded)).toHaveLength(0);
  expect(clients.filter((client) => client.received().includes(LAST))).toHaveLength(0);

  upstream.finish();
  const answers = await Promise.all(
    clients.map((client) => client.until((received) => received.includes("\r\n0\r\n\r\n"))),
  );
  const bodies = answers.map((answer) => parseMessage(answer, { kind: "response" })?.body);
  expect(new Set(bodies.map(String))).toEqual(new Set([FIRST + LAST]));
  const samples = await scrape(exporter.url);
  expect(samples.get('ollama_requests_total{model="llama3.2:latest"}')).toBe(CHATS);
  expect(samples.get('ollama_tokens_generated_total{model="llama3.2:latest"}')).toBe(7 * CHATS);
}, 60_000);
