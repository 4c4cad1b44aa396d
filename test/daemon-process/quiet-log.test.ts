import { expect, test } from "bun:test";
import { startExporter } from "../support/exporter.ts";
import { exchange } from "../support/raw-client.ts";
import { messages, requests } from "./log-lines.ts";
import { startOllama } from "./ollama.ts";
import { beginChat, startOpenChats } from "./open-chats.ts";
import { get, post } from "./raw-request.ts";
import { freePort } from "./tcp.ts";

const CHAT = post("/api/chat", '{"model":"llama3.2","messages":[{"role":"user","content":"?"}]}');

/** What is said between the start and the end while requests come in. */
async function said(
  upstream: string,
  args: readonly string[],
  ask: (url: string) => Promise<void>,
): Promise<string[]> {
  await using exporter = await startExporter({ upstream, args });
  await exporter.says(/(?:Ollama \S+ answers|the upstream does not answer).*\n/);
  const before = messages(exporter.stderr()).length;
  await ask(exporter.url);
  exporter.signal("SIGTERM");
  const { stderr, stdout } = await exporter.exited;
  expect(stdout).toBe("");
  return messages(stderr).slice(before);
}

async function askALot(url: string): Promise<void> {
  for (let round = 0; round < 20; round++) {
    await exchange(url, get("/api/tags"));
    await exchange(url, CHAT);
    await exchange(url, get("/nothing/here"));
  }
}

test("requests leave no line in the log without --log-requests", async () => {
  await using ollama = startOllama();
  expect(await said(ollama.url, [], askALot)).toEqual(["shutting down"]);
});

test("--no-log-requests leaves no line in the log either", async () => {
  await using ollama = startOllama();
  expect(await said(ollama.url, ["--no-log-requests"], askALot)).toEqual(["shutting down"]);
});

test("an upstream that is down is one warning for many requests", async () => {
  const upstream = `127.0.0.1:${await freePort()}`;
  expect(await said(upstream, [], askALot)).toEqual([
    "the upstream cannot be reached: requests get 502 requests=1",
    "shutting down",
  ]);
});

test("clients that leave and answers that break leave no line in the log", async () => {
  await using upstream = await startOpenChats();
  const lines = await said(upstream.url, [], async (url) => {
    using leaving = await beginChat(url);
    const visit = upstream.visits.at(-1);
    leaving.socket.destroy();
    await visit?.closed;
    using breaking = await beginChat(url);
    upstream.visits.at(-1)?.socket.destroy();
    await breaking.closed;
  });
  expect(lines).toEqual(["shutting down"]);
});

test("--log-level debug shows each request without --log-requests", async () => {
  await using ollama = startOllama();
  await using exporter = await startExporter({
    upstream: ollama.url,
    args: ["--log-level", "debug"],
  });
  await exchange(exporter.url, get("/api/tags"));
  await exporter.says(/DEBUG request .*path=\/api\/tags.*\n/);
  expect(requests(exporter.stderr())).toHaveLength(1);
});
