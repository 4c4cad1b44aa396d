import { expect, test } from "bun:test";
import { startExporter } from "../support/exporter.ts";
import { type HttpMessage, parseMessage } from "../support/http-message.ts";
import { exchange, openRawClient, type RawClient } from "../support/raw-client.ts";
import { startRawUpstream } from "../support/raw-upstream.ts";
import { beginChat, startOpenChats } from "./open-chats.ts";
import { get } from "./raw-request.ts";
import { refusal } from "./tcp.ts";

const HEALTHY = "ollama-exporter is healthy.\n";

const health = (url: string): Promise<HttpMessage> => exchange(url, get("/-/healthy"));

test("the exporter is healthy while its upstream is down", async () => {
  await using exporter = await startExporter({ upstream: "127.0.0.1:1", args: [] });
  expect(String((await health(exporter.url)).body)).toBe(HEALTHY);
});

test("the exporter is healthy while its upstream keeps everybody waiting", async () => {
  await using upstream = await startRawUpstream(() => {});
  await using exporter = await startExporter({ upstream: upstream.url, args: [] });
  using _ = openRawClient(exporter.url, get("/api/tags"));
  expect(String((await health(exporter.url)).body)).toBe(HEALTHY);
});

const DESCRIPTORS = 120;

test("the exporter is healthy while it has no room for other requests", async () => {
  await using upstream = await startOpenChats();
  const limits = { descriptors: DESCRIPTORS };
  await using exporter = await startExporter({ upstream: upstream.url, args: [], ...limits });
  const idle: RawClient[] = [];
  using _ = { [Symbol.dispose]: () => idle.forEach(({ socket }) => socket.destroy()) };
  const refused = async (): Promise<boolean> =>
    (await exchange(exporter.url, get("/api/tags"))).startLine.includes(" 503 ");

  while (idle.length < DESCRIPTORS && !(await refused())) {
    const client = openRawClient(exporter.url, get("/-/healthy"));
    idle.push(client);
    await client.until((bytes) => parseMessage(bytes, { kind: "response" }) !== undefined);
  }
  expect(await refused()).toBe(true);
  expect(String((await health(exporter.url)).body)).toBe(HEALTHY);
  expect(await refused()).toBe(true);
});

test("the exporter is healthy while running answers finish, to who is connected", async () => {
  await using upstream = await startOpenChats();
  await using exporter = await startExporter({ upstream: upstream.url, args: [] });
  using half = openRawClient(exporter.url, "GET /-/healthy HTTP/1.1\r\nHost: local");
  // Connections are accepted in their order: by then the exporter has the half of it.
  using chat = await beginChat(exporter.url);
  await health(exporter.url);
  exporter.signal("SIGTERM");
  await exporter.says(/shutting down: 1 running/);
  await refusal(exporter.url);
  half.socket.write("host\r\n\r\n");
  await half.until((received) => received.includes(HEALTHY));
  upstream.finish();
  await chat.closed;
  expect((await exporter.exited).code).toBe(0);
});
