import { expect, test } from "bun:test";
import { startExporter } from "../support/exporter.ts";
import { exchange } from "../support/raw-client.ts";
import { answerOf, chunkOf, startRawUpstream } from "../support/raw-upstream.ts";
import { messages, requests } from "./log-lines.ts";
import { get, post } from "./raw-request.ts";
import { freePort } from "./tcp.ts";

const TALKATIVE = ["--log-requests", "--log-level", "debug"];
const FIELDS = [
  "Authorization: Bearer sesame-header",
  "Cookie: session=sesame-cookie",
  "X-Api-Key: sesame-key",
  "User-Agent: sesame-agent",
];
const CHAT = JSON.stringify({
  model: "llama3.2",
  messages: [{ role: "user", content: "sesame-prompt" }],
});
const QUESTIONS = [
  post("/api/chat?token=sesame-query", CHAT, FIELDS),
  post("/api/generate?token=sesame-query", CHAT, FIELDS),
  post("/api/chat?token=sesame-query", '{"model":"sesame-broken', FIELDS),
  get("/api/tags?token=sesame-query", FIELDS),
  get("/api/tags#sesame-fragment", FIELDS),
];

/** The whole stderr of a program that was asked all questions and told to end. */
async function logOf(upstream: string, ...args: string[]): Promise<string> {
  await using exporter = await startExporter({ upstream, args: [...TALKATIVE, ...args] });
  for (const question of QUESTIONS) await exchange(exporter.url, question).catch(() => {});
  exporter.signal("SIGTERM");
  return (await exporter.exited).stderr;
}

const LINE = '{"message":{"content":"sesame-answer"},"done":true,"eval_count":3}\n';
const STREAM =
  "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";

test.each([
  ["answers", answerOf(LINE, { fields: ["Set-Cookie: sesame-cookie"] }), false],
  ["redirects", answerOf("", { status: "302 Found", fields: ["Location: /sesame-place"] }), false],
  ["refuses", answerOf('{"error":"sesame-error"}', { status: "400 Bad Request" }), false],
  ["breaks off before its answer", "", true],
  ["breaks off in its answer", STREAM + chunkOf('{"sesame-cut":').toString(), true],
  ["speaks no HTTP", "sesame-noise\r\n\r\n", true],
])(
  "an upstream that %s brings no content, query or header into the log",
  async (_, answer, cut) => {
    await using upstream = await startRawUpstream(({ socket }) => {
      socket.write(answer);
      if (cut) socket.end();
    });
    for (const args of [[], ["--log-format", "json"]]) {
      const log = await logOf(upstream.url, ...args);
      expect(log).toContain("/api/generate");
      expect(log).not.toContain("sesame");
    }
  },
);

test("an upstream that is down brings no content, query or header into the log", async () => {
  const log = await logOf(`127.0.0.1:${await freePort()}`);
  expect(requests(log)).toHaveLength(QUESTIONS.length);
  expect(log).not.toContain("sesame");
});

test("forged lines in paths and models stay inside one line per request", async () => {
  await using upstream = await startRawUpstream(({ socket }) => socket.write(answerOf("{}")));
  await using exporter = await startExporter({ upstream: upstream.url, args: ["--log-requests"] });
  await exporter.says(/not as Ollama does.*\n/);
  const before = messages(exporter.stderr()).length;
  const targets = [
    "/a%0a2026-01-01T00:00:00.000Z INFO  forged",
    "/a%0d%0aforged",
    "/a\u2028forged",
    "/a\u0085forged\u009b2J",
    "/a\u202eforged",
    '/a"outcome="forged',
    "/a=b status=999",
  ];
  const asked: string[] = [];
  for (const target of targets) {
    const { startLine } = await exchange(exporter.url, get(target));
    // A target that no server reads is refused before there is a request.
    if (startLine.includes(" 200 ")) asked.push(target);
  }
  for (const model of [
    "a\n2026-01-01T00:00:00.000Z INFO  forged",
    "a status=999",
    "a\u2028\u001b[2J",
  ]) {
    await exchange(exporter.url, post("/api/chat", JSON.stringify({ model })));
  }
  await exchange(exporter.url, get("/the-end"));
  await exporter.says(/path=\/the-end.*\n/);
  const log = exporter.stderr();
  expect(log).toMatch(/^[\n\x20-\x7e]*$/);
  expect(messages(log)).toHaveLength(before + asked.length + 3 + 1);
  for (const { status, outcome } of requests(log)) {
    expect({ status, outcome }).toEqual({ status: "200", outcome: "complete" });
  }
});

test("a path of any length is a line of a bounded length", async () => {
  await using upstream = await startRawUpstream(({ socket }) => socket.write(answerOf("{}")));
  await using exporter = await startExporter({ upstream: upstream.url, args: ["--log-requests"] });
  await exchange(exporter.url, get(`/${"a".repeat(5000)}`));
  const [line] = await exporter.says(/ request .*\n/);
  expect(line.length).toBeLessThan(400);
});
