import { expect, test } from "bun:test";
import { startExporter } from "../support/exporter.ts";
import { parseMessage } from "../support/http-message.ts";
import { answerOwnQuestion } from "../support/own-questions.ts";
import { openRawClient } from "../support/raw-client.ts";
import { startRawUpstream } from "../support/raw-upstream.ts";
import { beginChat, FIRST, startOpenChats } from "./open-chats.ts";
import { get } from "./raw-request.ts";

test.each([
  ["0", "0"],
  ["0s", "0"],
  ["50ms", "0.05"],
])("--grace-period %s cuts the running answers and says how many", async (period, seconds) => {
  await using upstream = await startOpenChats();
  const args = ["--grace-period", period];
  await using exporter = await startExporter({ upstream: upstream.url, args });
  using first = await beginChat(exporter.url);
  using second = await beginChat(exporter.url);
  exporter.signal("SIGTERM");
  const { code, stderr } = await exporter.exited;
  expect(code).toBe(0);
  expect(stderr).toEndWith(` WARN  cut 2 answers that were still running after ${seconds} s\n`);
  for (const client of [first, second]) {
    const received = await client.closed;
    expect(String(received)).toContain(FIRST);
    // Without the last chunk, so that the client sees that it was cut.
    expect(parseMessage(received, { kind: "response", closed: true })).toBeUndefined();
  }
  await Promise.all(upstream.visits.map(({ closed }) => closed));
});

test("a fetch that is cut fails", async () => {
  await using upstream = await startOpenChats();
  const args = ["--grace-period", "0"];
  await using exporter = await startExporter({ upstream: upstream.url, args });
  const answer = await fetch(`${exporter.url}/api/chat`, { method: "POST", body: "{}" });
  const reading = answer.text().then(
    () => "complete",
    () => "broken",
  );
  exporter.signal("SIGTERM");
  expect(await reading).toBe("broken");
  expect((await exporter.exited).code).toBe(0);
});

test("an answer that has not begun is cut too", async () => {
  await using upstream = await startRawUpstream((visit) => {
    if (!answerOwnQuestion(visit)) exporter.signal("SIGTERM");
  });
  const args = ["--grace-period", "50ms"];
  await using exporter = await startExporter({ upstream: upstream.url, args });
  using client = openRawClient(exporter.url, get("/slow"));
  const { code, stderr } = await exporter.exited;
  expect(code).toBe(0);
  expect(stderr).toContain("cut 1 answer that was still running after 0.05 s\n");
  expect(String(await client.closed)).not.toContain(" 200 ");
});

test("half a request holds the end up no longer than the grace period", async () => {
  await using upstream = await startOpenChats();
  const args = ["--grace-period", "50ms"];
  await using exporter = await startExporter({ upstream: upstream.url, args });
  using half = openRawClient(exporter.url, "GET /api/tags HTTP/1.1\r\nHos");
  using chat = await beginChat(exporter.url);
  exporter.signal("SIGTERM");
  expect((await exporter.exited).code).toBe(0);
  await Promise.all([half.closed, chat.closed]);
});

test("nothing is said to be cut when all answers have finished", async () => {
  await using upstream = await startOpenChats();
  const args = ["--grace-period", "10m"];
  await using exporter = await startExporter({ upstream: upstream.url, args });
  using client = await beginChat(exporter.url);
  exporter.signal("SIGTERM");
  await exporter.says(/shutting down: 1 running/);
  upstream.finish();
  const { code, stderr } = await exporter.exited;
  expect(code).toBe(0);
  expect(stderr).not.toContain("cut");
  expect(parseMessage(await client.closed, { kind: "response" })).toBeDefined();
});
