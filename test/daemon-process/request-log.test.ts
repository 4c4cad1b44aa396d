import { expect, test } from "bun:test";
import { startExporter } from "../support/exporter.ts";
import { answerOwnQuestion } from "../support/own-questions.ts";
import { exchange, openRawClient } from "../support/raw-client.ts";
import { startRawUpstream } from "../support/raw-upstream.ts";
import { requests } from "./log-lines.ts";
import { startOllama } from "./ollama.ts";
import { beginChat, startOpenChats } from "./open-chats.ts";
import { get, post } from "./raw-request.ts";
import { freePort } from "./tcp.ts";

const ON = ["--log-requests"];
const CHAT = JSON.stringify({
  model: "llama3.2",
  messages: [{ role: "user", content: "Why is the sky blue?" }],
});

interface Final {
  readonly prompt_eval_count: number;
  readonly eval_count: number;
}

/** Chats once and gives the last line of the answer. */
async function chat(url: string): Promise<Final> {
  const answer = await fetch(`${url}/api/chat?not=logged`, { method: "POST", body: CHAT });
  return JSON.parse((await answer.text()).trimEnd().split("\n").at(-1) ?? "") as Final;
}

test("a finished chat is one line with all that is known of it", async () => {
  await using ollama = startOllama();
  await using exporter = await startExporter({ upstream: ollama.url, args: ON });
  const final = await chat(exporter.url);
  await exporter.says(/ request .*\n/);
  const lines = requests(exporter.stderr());
  expect(lines).toEqual([
    {
      client: "127.0.0.1",
      method: "POST",
      path: "/api/chat",
      model: "llama3.2:latest",
      status: "200",
      outcome: "complete",
      prompt_tokens: String(final.prompt_eval_count),
      generated_tokens: String(final.eval_count),
      first_token_seconds: expect.stringMatching(/^\d+(?:\.\d{1,3})?$/),
      total_seconds: expect.stringMatching(/^\d+(?:\.\d{1,3})?$/),
    },
  ]);
  const [line] = lines;
  expect(Number(line?.["first_token_seconds"])).toBeLessThanOrEqual(
    Number(line?.["total_seconds"]),
  );
});

test("a finished chat in JSON is one object with the same fields as numbers", async () => {
  await using ollama = startOllama();
  const args = [...ON, "--log-format", "json"];
  await using exporter = await startExporter({ upstream: ollama.url, args });
  const final = await chat(exporter.url);
  const [line = ""] = await exporter.says(/^.*"message":"request".*$/m);
  expect(JSON.parse(line)).toEqual({
    time: expect.any(String),
    level: "info",
    message: "request",
    client: "127.0.0.1",
    method: "POST",
    path: "/api/chat",
    model: "llama3.2:latest",
    status: 200,
    outcome: "complete",
    prompt_tokens: final.prompt_eval_count,
    generated_tokens: final.eval_count,
    first_token_seconds: expect.any(Number),
    total_seconds: expect.any(Number),
  });
});

test("a request that is not measured is logged without model and tokens", async () => {
  await using ollama = startOllama();
  await using exporter = await startExporter({ upstream: ollama.url, args: ON });
  await exchange(exporter.url, get("/api/tags?q=1"));
  await exchange(exporter.url, get("/nothing/here"));
  await exporter.says(/path=\/nothing\/here.*\n/);
  const total_seconds = expect.any(String);
  const common = { client: "127.0.0.1", method: "GET", outcome: "complete", total_seconds };
  expect(requests(exporter.stderr())).toEqual([
    { ...common, path: "/api/tags", status: "200" },
    { ...common, path: "/nothing/here", status: "404" },
  ]);
});

test("a client that leaves is logged as such", async () => {
  await using upstream = await startOpenChats();
  await using exporter = await startExporter({ upstream: upstream.url, args: ON });
  using client = await beginChat(exporter.url);
  client.socket.destroy();
  await exporter.says(/ request .*\n/);
  const [line] = requests(exporter.stderr());
  expect(line).toMatchObject({ status: "200", outcome: "client_abort", model: "llama3.2:latest" });
  expect(line).toContainKey("first_token_seconds");
  expect(line).not.toContainKey("generated_tokens");
});

test("an upstream that breaks off is logged as such", async () => {
  await using upstream = await startOpenChats();
  await using exporter = await startExporter({ upstream: upstream.url, args: ON });
  using client = await beginChat(exporter.url);
  upstream.visits.at(-1)?.socket.destroy();
  await client.closed;
  await exporter.says(/ request .*\n/);
  expect(requests(exporter.stderr())).toMatchObject([{ status: "200", outcome: "truncated" }]);
});

test("an upstream that is down is logged as such", async () => {
  const upstream = `127.0.0.1:${await freePort()}`;
  await using exporter = await startExporter({ upstream, args: ON });
  await exchange(exporter.url, post("/api/chat", CHAT));
  await exporter.says(/ request .*\n/);
  expect(requests(exporter.stderr())).toMatchObject([
    { path: "/api/chat", model: "llama3.2:latest", status: "502", outcome: "upstream_unreachable" },
  ]);
});

test("a request is logged when its answer has ended and not before", async () => {
  await using upstream = await startOpenChats();
  await using exporter = await startExporter({ upstream: upstream.url, args: ON });
  using chatting = await beginChat(exporter.url);
  await exchange(exporter.url, get("/in-the-meantime"));
  await exporter.says(/path=\/in-the-meantime.*\n/);
  upstream.finish();
  await chatting.until((received) => received.includes("0\r\n\r\n"));
  await exporter.says(/path=\/api\/chat.*\n/);
  expect(requests(exporter.stderr()).map(({ path }) => path)).toEqual([
    "/in-the-meantime",
    "/api/chat",
  ]);
});

test("a client that closes right after the last line is logged as complete", async () => {
  await using upstream = await startOpenChats();
  await using exporter = await startExporter({ upstream: upstream.url, args: ON });
  using chatting = await beginChat(exporter.url);
  upstream.finish();
  await chatting.until((received) => received.includes('"done":true'));
  chatting.socket.destroy();
  await exporter.says(/ request .*\n/);
  expect(requests(exporter.stderr())).toMatchObject([
    { outcome: "complete", prompt_tokens: "11", generated_tokens: "7" },
  ]);
});

test("a client that never gets an answer is logged when it leaves", async () => {
  await using upstream = await startRawUpstream((visit) => {
    if (!answerOwnQuestion(visit)) client.socket.destroy();
  });
  await using exporter = await startExporter({ upstream: upstream.url, args: ON });
  await exporter.says(/Ollama 0\.24\.0 answers/);
  using client = openRawClient(exporter.url, post("/api/chat", CHAT));
  await exporter.says(/outcome=client_abort/);
});
