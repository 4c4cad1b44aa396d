import { expect } from "bun:test";
import { buildBinary, startExporter } from "../support/exporter.ts";
import { parseExposition } from "../support/exposition.ts";
import { answerOf, startRawUpstream } from "../support/raw-upstream.ts";
import { testWith } from "../support/test-with.ts";

const test = testWith("promtool");

const FULL = JSON.stringify({
  done: true,
  done_reason: "stop",
  total_duration: 5_100_000_000,
  load_duration: 1_500_000_000,
  prompt_eval_count: 16,
  prompt_eval_cached_count: 4,
  prompt_eval_duration: 80_000_000,
  eval_count: 50,
  eval_duration: 3_500_000_000,
});

const STREAMED = `{"message":{"content":"word"},"done":false}\n${FULL}\n`;

/** What the upstream answers to a chat with a model of that name; `FULL` to any other. */
const ANSWERS = new Map([
  ["streamed", answerOf(STREAMED, { fields: ["Content-Type: application/x-ndjson"] })],
  ["loads", answerOf('{"done":true,"done_reason":"load"}')],
  ["one-token", answerOf('{"done":true,"eval_count":1}')],
  ["too-long", answerOf(`${"x".repeat(8_000_001)}\n${FULL}\n`)],
  ["invalid-json", answerOf('{"done":true,\n')],
  ["scan-failed", answerOf("?", { fields: ["Content-Encoding: compress"] })],
  ["refused", answerOf('{"error":"not found"}', { status: "404 Not Found" })],
]);

/** What Ollama says of itself. */
const STATE = new Map([
  ["/api/version", answerOf('{"version":"0.24.0"}')],
  [
    "/api/ps",
    answerOf(
      JSON.stringify({
        models: [
          {
            name: "streamed",
            model: "streamed",
            size: 3e9,
            size_vram: 3e9,
            expires_at: "2318-01-01T00:00:00Z",
            context_length: 4096,
          },
        ],
      }),
    ),
  ],
  [
    "/api/tags",
    answerOf(
      JSON.stringify({
        models: [
          {
            name: "streamed",
            model: "streamed",
            size: 2e9,
            details: { family: "llama", parameter_size: "3.2B", quantization_level: "Q4_K_M" },
          },
        ],
      }),
    ),
  ],
]);

/** Places for good, as the default is, and slots for names that have not been answered. */
const TOLD_APART = 100 + 20;

/** More than are told apart, so that the last ones are `other`. */
const MODELS = [...ANSWERS.keys(), ...Array.from({ length: 200 }, (_, index) => `model-${index}`)];

/** The binary's page after answers of every kind. */
async function fullPage(): Promise<string> {
  await buildBinary();
  const running = Promise.withResolvers<void>();
  await using upstream = await startRawUpstream(({ request, socket }) => {
    const model = /"model":"([^"]*)"/.exec(String(request.body))?.[1] ?? "";
    const [, path = ""] = request.startLine.split(" ");
    if (model === "running") running.resolve();
    else socket.write(STATE.get(path) ?? ANSWERS.get(model) ?? answerOf(FULL));
  });
  await using exporter = await startExporter({
    target: "binary",
    upstream: upstream.url,
    args: ["--log-requests"],
  });
  const chats = [...MODELS.map((model) => JSON.stringify({ model })), "no JSON"];
  for (const body of chats) {
    await (await fetch(`${exporter.url}/api/chat`, { method: "POST", body })).text();
  }
  // In an API that is not measured.
  await (await fetch(`${exporter.url}/api/generate`, { method: "POST", body: chats[0]! })).text();
  const open = fetch(`${exporter.url}/api/chat`, { method: "POST", body: '{"model":"running"}' });
  await running.promise;
  // A request's line comes when all of its answer has been read.
  await exporter.says(new RegExp(`(?:/api/chat[^]*?){${chats.length}}`));
  // Awaited before the exporter ends.
  const page = await (await fetch(`${exporter.url}/metrics`)).text();
  await upstream.stop();
  await (await open).text();
  return page;
}

async function checkMetrics(page: string): Promise<{ code: number; output: string }> {
  const promtool = Bun.spawn(["promtool", "check", "metrics"], {
    stdin: new TextEncoder().encode(page),
    stdout: "pipe",
    stderr: "pipe",
  });
  const texts = [promtool.stdout, promtool.stderr].map((stream) => new Response(stream).text());
  const output = (await Promise.all(texts)).join("");
  return { code: await promtool.exited, output };
}

test("The page passes promtool without a word when every family is filled", async () => {
  const page = await fullPage();
  const samples = parseExposition(page);
  const families = [...page.matchAll(/^# TYPE (\S+)/gm)].map(([, name = ""]) => name);
  expect(families.length).toBeGreaterThan(10);
  const filled = [...samples].filter(([, value]) => value > 0).map(([series]) => series);
  for (const family of families) {
    expect(
      filled.some((series) => series.startsWith(family)),
      family,
    ).toBe(true);
  }
  for (const reason of ["too_long", "invalid_json", "scan_failed"]) {
    expect(samples.get(`ollama_exporter_lines_skipped_total{reason="${reason}"}`)).toBe(1);
  }
  expect(samples.get('ollama_requests_total{model="unknown"}')).toBe(1);
  expect(samples.get('ollama_requests_total{model="other"}')).toBe(
    // The one that runs, too.
    MODELS.length + 1 - TOLD_APART,
  );
  expect(samples.get('ollama_response_seconds_sum{model="too-long:latest"}')).toBe(5.1);
  expect(samples.get('ollama_tokens_generated_total{model="one-token:latest"}')).toBe(1);

  expect(await checkMetrics(page)).toEqual({ code: 0, output: "" });
});

test("The check with promtool finds a family that breaks its rules", async () => {
  const { code, output } = await checkMetrics("# TYPE wrong counter\nwrong 1\n");
  expect(code).not.toBe(0);
  expect(output).toContain("wrong");
});
