import { expect, test } from "bun:test";
import { VERSION } from "../../src/version.ts";
import { runProgram, startExporter } from "../support/exporter.ts";
import { answerOf, startRawUpstream } from "../support/raw-upstream.ts";
import { messages } from "./log-lines.ts";
import { startOllama } from "./ollama.ts";
import { freePort } from "./tcp.ts";

test("the start says the version, the address and where clients and Prometheus should point", async () => {
  await using ollama = startOllama();
  await using exporter = await startExporter({ upstream: ollama.url, args: [] });
  await exporter.says(/answers\n/);
  const [first, ...others] = messages(exporter.stderr());
  expect(first).toStartWith(
    `ollama-exporter ${VERSION} listens on ${exporter.url.slice("http://".length)} `,
  );
  expect(first).toContain(`upstream=${ollama.url}`);
  expect(others).toEqual([
    `point clients at ${exporter.url}`,
    `point Prometheus at ${exporter.url}/metrics`,
    `the live page is at ${exporter.url}/-/`,
    "containers and other machines cannot reach this address: they need --listen :8000",
    "Ollama 0.24.0 answers",
  ]);
});

test("everything at the start goes to stderr and nothing to stdout", async () => {
  await using ollama = startOllama();
  await using exporter = await startExporter({ upstream: ollama.url, args: ["--log-requests"] });
  await exporter.says(/Ollama 0\.24\.0 answers/);
  await fetch(`${exporter.url}/api/tags`);
  await exporter.says(/path=\/api\/tags/);
  exporter.signal("SIGTERM");
  const { stdout, stderr } = await exporter.exited;
  expect(stdout).toBe("");
  expect(stderr).toContain("listens on");
});

test("an upstream that is down is said and does not end the program", async () => {
  const port = await freePort();
  await using exporter = await startExporter({ upstream: `127.0.0.1:${port}`, args: [] });
  await exporter.says(
    /WARN {2}the upstream does not answer: .*check --upstream, and ollama-exporter check says why\n/,
  );
  expect((await fetch(`${exporter.url}/metrics`)).status).toBe(200);
});

test.each([
  ["a page", answerOf("<html>not found</html>", { status: "404 Not Found" }), 404],
  ["a redirect", answerOf("", { status: "302 Found", fields: ["Location: /elsewhere"] }), 302],
  ["other JSON", answerOf('{"version":7}'), 200],
  ["JSON null", answerOf("null"), 200],
])("an upstream that answers %s is said to be no Ollama", async (_, answer, status) => {
  await using upstream = await startRawUpstream(({ socket }) => socket.write(answer));
  await using exporter = await startExporter({ upstream: upstream.url, args: [] });
  const [line] = await exporter.says(/the upstream answers, .*\n/);
  expect(line).toBe(
    `the upstream answers, but not as Ollama does: check --upstream status=${status}\n`,
  );
});

test("the version that an upstream gives cannot forge a line of the log", async () => {
  const forged = JSON.stringify({ version: "1\nFORGED \u001b[2J" });
  await using upstream = await startRawUpstream(({ socket }) => socket.write(answerOf(forged)));
  await using exporter = await startExporter({ upstream: upstream.url, args: [] });
  await exporter.says(/FORGED.*answers|but not as Ollama/);
  expect(exporter.stderr()).not.toMatch(/^FORGED/m);
  expect(exporter.stderr()).not.toContain("\u001b");
});

test("the start in JSON is one object per line with time, level and message", async () => {
  await using ollama = startOllama();
  await using exporter = await startExporter({
    upstream: ollama.url,
    args: ["--log-format", "json"],
  });
  await exporter.says(/Ollama 0\.24\.0 answers.*\n/);
  const lines = exporter.stderr().trimEnd().split("\n");
  const entries = lines.map((line): Record<string, unknown> => JSON.parse(line));
  for (const { time, level } of entries) {
    expect(new Date(String(time)).toISOString()).toBe(String(time));
    expect(level).toBe("info");
  }
  expect(entries[0]).toMatchObject({ upstream: ollama.url });
  expect(entries.at(-1)?.["message"]).toBe("Ollama 0.24.0 answers");
});

test("--log-level warn leaves out what is only for information", async () => {
  const upstream = `127.0.0.1:${await freePort()}`;
  await using exporter = await startExporter({ upstream, args: [] });
  const args = ["--upstream", upstream, "--listen", ":0", "--log-level", "warn"];
  await using quiet = runProgram({ args });
  await Promise.all([exporter.says(/does not answer/), quiet.says(/does not answer.*\n/)]);
  expect(quiet.stderr()).not.toContain("INFO");
  expect(exporter.stderr()).toContain("INFO");
});
