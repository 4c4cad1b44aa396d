import { expect, test } from "bun:test";
import { startExporter } from "../support/exporter.ts";
import { scrape, startingWith } from "../support/exposition.ts";
import { exchange } from "../support/raw-client.ts";
import { messages } from "./log-lines.ts";
import { startOllama } from "./ollama.ts";
import { post } from "./raw-request.ts";

const SECRET = "grass-green-elephant";
const CHAT = { model: "llama3.2", messages: [{ role: "user", content: SECRET }] };

/** One request for each way to ask for an answer but chat, by its path. */
const REQUESTS = [
  ["generate", "/api/generate", { model: "llama3.2", prompt: SECRET }],
  ["embed", "/api/embed", { model: "nomic-embed-text", input: SECRET }],
  ["embed", "/api/embeddings", { model: "nomic-embed-text", prompt: SECRET }],
  ["openai", "/v1/chat/completions", CHAT],
  ["openai", "/v1/completions", { model: "llama3.2", prompt: SECRET }],
  ["openai", "/v1/responses", { model: "llama3.2", input: SECRET }],
  ["openai", "/v1/embeddings", { model: "nomic-embed-text", input: SECRET }],
  ["anthropic", "/v1/messages", { ...CHAT, max_tokens: 9 }],
] as const;

/** Asks in every way, and then by a chat, whose line in the log comes after all others. */
async function askInEveryWay(url: string): Promise<void> {
  for (const [, path, body] of REQUESTS) {
    const target = `${path}?key=${SECRET}`;
    const { startLine } = await exchange(url, post(target, JSON.stringify(body)));
    expect([path, startLine]).toEqual([path, "HTTP/1.1 200 OK"]);
  }
  await exchange(url, post("/api/chat", JSON.stringify({ ...CHAT, stream: false })));
}

function hints(stderr: string): string[] {
  return messages(stderr).filter((message) => message.includes("not measured"));
}

test("the first request of each API that is not measured is told of once, with the flag and no content", async () => {
  await using ollama = startOllama();
  await using exporter = await startExporter({ upstream: ollama.url, args: ["--log-requests"] });
  await askInEveryWay(exporter.url);
  await askInEveryWay(exporter.url);
  await exporter.says(/path=\/api\/chat [^]*path=\/api\/chat .*\n/);
  const said = hints(exporter.stderr());
  expect(said.map((line) => line.split("--observe ")[1])).toEqual([
    "chat,generate",
    "chat,embed",
    "chat,openai",
    "chat,anthropic",
  ]);
  for (const line of exporter.stderr().split("\n")) {
    if (line.includes("not measured")) expect(line).toContain(" INFO ");
  }
  expect(exporter.stderr()).not.toContain(SECRET);
});

test("what is not measured is forwarded and counted nowhere", async () => {
  await using ollama = startOllama();
  await using exporter = await startExporter({ upstream: ollama.url, args: [] });
  await askInEveryWay(exporter.url);
  for (const [, path] of REQUESTS) {
    const counts = Object.values(ollama.tally[path]);
    expect([path, counts.map(({ finished }) => finished)]).toEqual([path, [1]]);
  }
  expect(startingWith(await scrape(exporter.url), "ollama_requests_total")).toMatchObject({
    'ollama_requests_total{model="llama3.2:latest"}': 1,
  });
});

test("nothing is said when all is measured, and all is counted", async () => {
  await using ollama = startOllama();
  const args = ["--observe", "all", "--log-requests"];
  await using exporter = await startExporter({ upstream: ollama.url, args });
  await askInEveryWay(exporter.url);
  await exporter.says(/path=\/api\/chat .*\n/);
  expect(hints(exporter.stderr())).toEqual([]);
  expect(startingWith(await scrape(exporter.url), "ollama_requests_total")).toMatchObject({
    'ollama_requests_total{model="llama3.2:latest"}': 6,
    'ollama_requests_total{model="nomic-embed-text:latest"}': 3,
  });
});

test("what is no request for an answer is never told of", async () => {
  await using ollama = startOllama();
  await using exporter = await startExporter({ upstream: ollama.url, args: ["--log-requests"] });
  for (const path of ["/v1/models", "/api/tags", "/api/generate", "/v1/messages", "/v1/nothing"]) {
    await (await fetch(exporter.url + path)).text();
  }
  await exporter.says(/path=\/v1\/nothing .*\n/);
  expect(hints(exporter.stderr())).toEqual([]);
});
