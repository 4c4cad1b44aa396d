import { expect, test } from "bun:test";
import { startExporter } from "../support/exporter.ts";
import { scrape } from "../support/exposition.ts";
import { parseMessage } from "../support/http-message.ts";
import { openRawClient } from "../support/raw-client.ts";
import { answerOf, startRawUpstream } from "../support/raw-upstream.ts";
import { requests } from "./log-lines.ts";
import { startOllama } from "./ollama.ts";
import { beginChat, FIRST, LAST, startOpenChats } from "./open-chats.ts";
import { get } from "./raw-request.ts";
import { refusal } from "./tcp.ts";

const SIGNALS = ["SIGINT", "SIGTERM"] as const;
// Far beyond the limit of a test: whoever waits for it fails.
const PATIENT = ["--grace-period", "10m"];

test.each(SIGNALS)("%s ends an idle program with 0", async (signal) => {
  await using ollama = startOllama();
  await using exporter = await startExporter({ upstream: ollama.url, args: PATIENT });
  await exporter.says(/Ollama 0\.24\.0 answers/);
  exporter.signal(signal);
  const { code, stdout, stderr } = await exporter.exited;
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  expect(stderr).toEndWith(" INFO  shutting down\n");
});

test("connections that have nothing to do do not hold the end up", async () => {
  await using ollama = startOllama();
  await using exporter = await startExporter({ upstream: ollama.url, args: PATIENT });
  using silent = openRawClient(exporter.url, "");
  using kept = openRawClient(exporter.url, get("/api/version"));
  await kept.until((received) => parseMessage(received, { kind: "response" }) !== undefined);
  exporter.signal("SIGTERM");
  expect((await exporter.exited).code).toBe(0);
  await kept.closed;
  expect(silent.received()).toHaveLength(0);
});

test("chats that have ended do not hold the end up", async () => {
  await using upstream = await startOpenChats();
  await using exporter = await startExporter({ upstream: upstream.url, args: PATIENT });
  using ended = await beginChat(exporter.url);
  upstream.finish();
  await ended.until((received) => received.includes("\r\n0\r\n\r\n"));
  using left = await beginChat(exporter.url);
  const visit = upstream.visits.at(-1);
  left.socket.destroy();
  await visit?.closed;
  exporter.signal("SIGTERM");
  expect((await exporter.exited).code).toBe(0);
});

test.each(SIGNALS)("%s lets a running stream finish and accepts nothing new", async (signal) => {
  await using upstream = await startOpenChats();
  const args = [...PATIENT, "--log-requests"];
  await using exporter = await startExporter({ upstream: upstream.url, args });
  using client = await beginChat(exporter.url);
  const samples = await scrape(exporter.url);
  expect(samples.get('ollama_requests_total{model="llama3.2:latest"}')).toBe(1);

  exporter.signal(signal);
  await exporter.says(/INFO {2}shutting down: 1 running answer has 600 s to finish\n/);
  await refusal(exporter.url);
  expect(String(client.received())).not.toContain(LAST);

  upstream.finish();
  const answer = parseMessage(await client.closed, { kind: "response" });
  expect(String(answer?.body)).toBe(FIRST + LAST);
  const { code, stderr } = await exporter.exited;
  expect(code).toBe(0);
  expect(stderr).not.toContain("cut");
  expect(requests(stderr)).toMatchObject([
    { outcome: "complete", prompt_tokens: "11", generated_tokens: "7" },
  ]);
});

test("an answer that has not begun is waited for as well", async () => {
  await using upstream = await startRawUpstream(({ request }) => {
    if (request.startLine.includes("/slow")) exporter.signal("SIGTERM");
  });
  await using exporter = await startExporter({ upstream: upstream.url, args: PATIENT });
  using client = openRawClient(exporter.url, get("/slow"));
  await exporter.says(/shutting down: 1 running/);
  upstream.visits.at(-1)?.socket.write(answerOf("late"));
  expect(String(await client.closed)).toEndWith("\r\n\r\nlate");
  expect((await exporter.exited).code).toBe(0);
});

test("a signal right after the first line of the log ends the program with 0", async () => {
  await using ollama = startOllama();
  await using exporter = await startExporter({ upstream: ollama.url, args: PATIENT });
  exporter.signal("SIGTERM");
  expect((await exporter.exited).code).toBe(0);
});

test("a signal while the upstream is asked at the start ends the program", async () => {
  await using upstream = await startRawUpstream(({ request }) => {
    if (request.startLine.includes("/api/version")) asked.resolve();
  });
  const asked = Promise.withResolvers<void>();
  await using exporter = await startExporter({ upstream: upstream.url, args: PATIENT });
  await asked.promise;
  exporter.signal("SIGTERM");
  const { code, stderr } = await exporter.exited;
  expect(code).toBe(0);
  expect(stderr).toEndWith(" INFO  shutting down\n");
});

test("a stream that runs while the upstream is asked at the start finishes", async () => {
  await using upstream = await startRawUpstream(({ request, socket }) => {
    if (request.startLine.includes("/stream")) {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 70000\r\n\r\nfirst");
    }
  });
  await using exporter = await startExporter({ upstream: upstream.url, args: PATIENT });
  using client = openRawClient(exporter.url, get("/stream"));
  await client.until((received) => received.includes("first"));
  exporter.signal("SIGINT");
  await exporter.says(/shutting down: 1 running/);
  upstream.visits.at(-1)?.socket.write("x".repeat(70_000 - "first".length));
  const answer = parseMessage(await client.closed, { kind: "response" });
  expect(answer?.body.length).toBe(70_000);
  expect((await exporter.exited).code).toBe(0);
});
