import { afterEach, expect, test } from "bun:test";
import { startSimulatedOllama } from "../../scripts/simulated-ollama/server.ts";
import { ENDLESS } from "../support/endless.ts";
import { startExporter } from "../support/exporter.ts";
import { openRawClient } from "../support/raw-client.ts";

/** More than the 256 requests that Bun's fetch has under way at once unless told otherwise. */
const CHATS = 300;

// Disposed of here, because a test that times out never leaves its own scope.
let running = new AsyncDisposableStack();

afterEach(async () => {
  await running.disposeAsync();
  running = new AsyncDisposableStack();
});

test("Three hundred chats run at the same time", async () => {
  const upstream = startSimulatedOllama({ pace: 0, models: [ENDLESS] });
  running.defer(upstream.stop);
  const exporter = running.use(await startExporter({ upstream: upstream.url, args: [] }));
  const body = JSON.stringify({ model: "endless", messages: [{ role: "user", content: "?" }] });
  const head = `POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}`;
  // Nobody reads more than the first bytes, and nobody leaves before everybody has them.
  const clients = Array.from({ length: CHATS }, () => {
    const client = running.use(openRawClient(exporter.url, `${head}\r\n\r\n${body}`));
    client.socket.once("data", () => client.socket.pause());
    return client;
  });
  const first = await Promise.all(
    clients.map((client) => client.until((received) => received.length > 0)),
  );
  expect(first.every((bytes) => bytes.toString("latin1").startsWith("HTTP/1.1 200"))).toBe(true);
});
