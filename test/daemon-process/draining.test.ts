import { expect, test } from "bun:test";
import { type RunningExporter, startExporter } from "../support/exporter.ts";
import { fieldValues, parseMessage } from "../support/http-message.ts";
import { openRawClient } from "../support/raw-client.ts";
import { startOllama } from "./ollama.ts";
import { beginChat, startOpenChats } from "./open-chats.ts";
import { get } from "./raw-request.ts";
import { refusal } from "./tcp.ts";

const OWN = ["--metrics-listen", "127.0.0.1:0"];
// Far beyond the limit of a test: whoever waits for it fails.
const PATIENT = ["--grace-period", "10m"];

async function ownUrl(exporter: RunningExporter): Promise<string> {
  const [, url = ""] = await exporter.says(/point Prometheus at (\S+)\/metrics\n/);
  return url;
}

async function ready(url: string): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${url}/-/ready`);
  return { status: answer.status, text: await answer.text() };
}

test("/-/ready says that it is, and what was last known of Ollama, without asking it", async () => {
  await using ollama = startOllama();
  await using exporter = await startExporter({ upstream: ollama.url, args: [] });
  await exporter.says(/Ollama 0\.24\.0 answers/);
  const { status, text } = await ready(exporter.url);
  expect(status).toBe(200);
  expect(text).toMatch(/^ollama-exporter is ready\.\nOllama answered \d+ s ago\.\n$/);
});

test("/-/ready is 200 while Ollama is down, which its body tells", async () => {
  await using exporter = await startExporter({ upstream: "127.0.0.1:1", args: [] });
  await exporter.says(/the upstream does not answer/);
  const { status, text } = await ready(exporter.url);
  expect(status).toBe(200);
  expect(text).toEndWith("\nOllama did not answer 0 s ago.\n");
});

test("a scrape renews what /-/ready knows", async () => {
  const ollama = startOllama();
  await using exporter = await startExporter({ upstream: ollama.url, args: [] });
  await exporter.says(/Ollama 0\.24\.0 answers/);
  await ollama.stop();
  await (await fetch(`${exporter.url}/metrics`)).text();
  expect((await ready(exporter.url)).text).toContain("Ollama did not answer");
});

test("for the drain delay /-/ready is 503 and requests are taken, then the listener closes", async () => {
  await using ollama = startOllama();
  const args = [...PATIENT, "--drain-delay", "500ms"];
  await using exporter = await startExporter({ upstream: ollama.url, args });
  await exporter.says(/Ollama 0\.24\.0 answers/);
  exporter.signal("SIGTERM");
  await exporter.says(/INFO {2}shutting down: not ready, and taking requests for 0\.5 s more\n/);
  const { status, text } = await ready(exporter.url);
  expect(status).toBe(503);
  expect(text).toStartWith("ollama-exporter is draining.\n");
  expect((await fetch(`${exporter.url}/-/healthy`)).status).toBe(200);
  using kept = openRawClient(exporter.url, get("/api/version"));
  const last = parseMessage(await kept.closed, { kind: "response" });
  expect(last?.startLine).toBe("HTTP/1.1 200 OK");
  expect(fieldValues(last!, "connection")).toEqual(["close"]);
  await refusal(exporter.url);
  const { code, stderr } = await exporter.exited;
  expect(code).toBe(0);
  expect(stderr).toEndWith(" INFO  shutting down\n");
});

test("a second signal ends the drain delay and the program at once", async () => {
  await using ollama = startOllama();
  const args = [...PATIENT, "--drain-delay", "10m"];
  await using exporter = await startExporter({ upstream: ollama.url, args });
  exporter.signal("SIGTERM");
  await exporter.says(/taking requests for 600 s more/);
  exporter.signal("SIGINT");
  expect((await exporter.exited).code).toBe(130);
});

test("our own listener stays open to the end: not ready, and the last scrape works", async () => {
  await using upstream = await startOpenChats();
  const args = [...PATIENT, ...OWN];
  await using exporter = await startExporter({ upstream: upstream.url, args });
  const own = await ownUrl(exporter);
  using client = await beginChat(exporter.url);
  exporter.signal("SIGTERM");
  await exporter.says(/shutting down: 1 running/);
  await refusal(exporter.url);
  expect((await ready(own)).status).toBe(503);
  const page = await (await fetch(`${own}/metrics`)).text();
  expect(page).toContain('ollama_requests_in_flight{model="llama3.2:latest"} 1\n');
  upstream.finish();
  await client.closed;
  expect((await exporter.exited).code).toBe(0);
  await refusal(own);
});

for (const args of [PATIENT, [...PATIENT, ...OWN]]) {
  test(`/-/idle answers when the last answer has ended, with ${args.join(" ")}`, async () => {
    await using upstream = await startOpenChats();
    await using exporter = await startExporter({ upstream: upstream.url, args });
    const own = args.includes("--metrics-listen") ? await ownUrl(exporter) : exporter.url;
    expect(await (await fetch(`${own}/-/idle`)).text()).toBe("ollama-exporter is idle.\n");

    using first = await beginChat(exporter.url);
    using second = await beginChat(exporter.url);
    using waiting = openRawClient(own, get("/-/idle"));
    first.socket.destroy();
    await upstream.visits[0]?.closed;
    // It has been waiting all the while: an answer to a later request is here before its own.
    expect((await fetch(`${own}/-/healthy`)).status).toBe(200);
    expect(waiting.received()).toHaveLength(0);
    upstream.finish();
    await second.until((received) => received.includes("\r\n0\r\n\r\n"));
    const answer = await waiting.until((received) => received.includes("idle.\n"));
    expect(parseMessage(answer, { kind: "response" })?.startLine).toBe("HTTP/1.1 200 OK");
  });
}

test("/-/idle?timeout= is 503 when that is over, and 400 for what is no duration", async () => {
  await using upstream = await startOpenChats();
  await using exporter = await startExporter({ upstream: upstream.url, args: PATIENT });
  const ask = (timeout: string) => fetch(`${exporter.url}/-/idle?timeout=${timeout}`);
  for (const timeout of ["0", "10m"]) expect((await ask(timeout)).status).toBe(200);
  using client = await beginChat(exporter.url);
  const late = await ask("50ms");
  expect([late.status, await late.text()]).toEqual([
    503,
    "ollama-exporter is not idle: 1 in flight.\n",
  ]);
  client.socket.destroy();
  const wrong = await ask("soon");
  expect([wrong.status, await wrong.text()]).toEqual([400, expect.stringContaining("as in 300s")]);
});

test("who waits at /-/idle neither counts as running nor holds up the end", async () => {
  await using upstream = await startOpenChats();
  await using exporter = await startExporter({ upstream: upstream.url, args: PATIENT });
  using client = await beginChat(exporter.url);
  using waiting = openRawClient(exporter.url, get("/-/idle"));
  using left = openRawClient(exporter.url, get("/-/idle"));
  expect((await fetch(`${exporter.url}/-/healthy`)).status).toBe(200);
  left.socket.destroy();
  exporter.signal("SIGTERM");
  await exporter.says(/shutting down: 1 running/);
  upstream.finish();
  await client.closed;
  expect(String(await waiting.closed)).toContain("ollama-exporter is idle.");
  expect((await exporter.exited).code).toBe(0);
});

test("a crowd at /-/idle is sent away, and who waits with it is answered", async () => {
  await using upstream = await startOpenChats();
  await using exporter = await startExporter({ upstream: upstream.url, args: PATIENT });
  using client = await beginChat(exporter.url);
  const crowd = Array.from({ length: 100 }, () => fetch(`${exporter.url}/-/idle`));
  const refused = await Promise.race(crowd);
  expect([refused.status, refused.headers.get("connection")]).toEqual([503, "close"]);
  upstream.finish();
  await client.until((received) => received.includes("\r\n0\r\n\r\n"));
  const statuses = (await Promise.all(crowd)).map(({ status }) => status);
  expect(statuses.filter((status) => status === 200)).toHaveLength(64);
  expect(statuses.filter((status) => status === 503)).toHaveLength(36);
});
