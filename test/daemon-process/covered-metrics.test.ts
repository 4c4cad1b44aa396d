import { expect, test } from "bun:test";
import { startExporter } from "../support/exporter.ts";
import { answerOf, type RawUpstream, startRawUpstream } from "../support/raw-upstream.ts";
import { startOllama } from "./ollama.ts";

/** An Ollama whose `/metrics` answers so. */
function startWith(metrics: string): Promise<RawUpstream> {
  return startRawUpstream(({ request, socket }) => {
    const isMetrics = request.startLine.startsWith("GET /metrics ");
    socket.write(isMetrics ? metrics : answerOf('{"version":"0.24.0"}'));
  });
}

const page = (type: string, status = "200 OK"): string =>
  answerOf("a 1\n", { status, fields: [`Content-Type: ${type}`] });

const TEXT = "text/plain; version=0.0.4; charset=utf-8";
const COVERED = /INFO {2}the upstream has a \/metrics of its own, which ours covers: .*\n/;

/** All that is said at the start in front of an upstream. */
async function saidBefore(upstream: RawUpstream, args: readonly string[] = []): Promise<string> {
  await using exporter = await startExporter({ upstream: upstream.url, args });
  await exporter.says(/Ollama 0\.24\.0 answers/);
  exporter.signal("SIGTERM");
  return (await exporter.exited).stderr;
}

test.each([TEXT, "text/plain;version=1.0.0", "application/openmetrics-text; version=1.0.0"])(
  "an upstream with metrics of its own as %s is said to be covered, and how both are shown",
  async (type) => {
    await using upstream = await startWith(page(type));
    const said = await saidBefore(upstream);
    const [line = ""] = COVERED.exec(said) ?? [];
    expect(line).toContain("--metrics-listen");
    expect(line).toContain("two jobs");
    expect(said.match(/of its own, which/g)).toHaveLength(1);
  },
);

test.each([
  ["no page", page("text/plain", "404 Not Found")],
  ["an error", page(TEXT, "500 Internal Server Error")],
  ["a page for people", page("text/html")],
  ["plain text", page("text/plain; charset=utf-8")],
  ["nothing that is HTTP", "a 1\n".repeat(10)],
])("an upstream whose /metrics is %s has none", async (_, metrics) => {
  await using upstream = await startRawUpstream(({ request, socket }) => {
    if (request.startLine.startsWith("GET /metrics ")) socket.end(metrics);
    else socket.write(answerOf('{"version":"0.24.0"}'));
  });
  expect(await saidBefore(upstream)).not.toMatch(COVERED);
});

test("with --metrics-listen nothing is covered, and nobody asks", async () => {
  await using upstream = await startWith(page(TEXT));
  expect(await saidBefore(upstream, ["--metrics-listen", "127.0.0.1:0"])).not.toMatch(COVERED);
  expect(upstream.visits).toHaveLength(1);
});

test("an exporter behind an exporter is covered, and no loop", async () => {
  await using ollama = startOllama();
  await using first = await startExporter({ upstream: ollama.url, args: [] });
  await using second = await startExporter({ upstream: first.url, args: [] });
  await second.says(COVERED);
  expect((await fetch(`${second.url}/api/tags`)).status).toBe(200);
  expect((await fetch(`${second.url}/metrics`)).status).toBe(200);
});
