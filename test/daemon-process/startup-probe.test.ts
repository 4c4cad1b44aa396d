import { expect, test } from "bun:test";
import { VERSION } from "../../src/version.ts";
import { startExporter } from "../support/exporter.ts";
import { fieldValues } from "../support/http-message.ts";
import { answerOf, startRawUpstream } from "../support/raw-upstream.ts";

const isProbe = (startLine: string): boolean => startLine === "GET /api/version HTTP/1.1";

test.concurrent.each([
  ["nothing", ""],
  ["a head without its body", "HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n"],
  ["a body without its end", 'HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n{"version":'],
  ["a head without its end", "HTTP/1.1 200 OK\r\nContent-"],
])("an upstream that accepts and answers %s is waited for in vain", async (_, answer) => {
  await using upstream = await startRawUpstream(({ request, socket }) => {
    socket.write(isProbe(request.startLine) ? answer : answerOf("served"));
  });
  await using exporter = await startExporter({ upstream: upstream.url, args: [] });
  await exporter.says(/WARN {2}the upstream does not answer/);
  expect(await (await fetch(`${exporter.url}/later`)).text()).toBe("served");
});

test("requests are served before the upstream has told its version", async () => {
  await using upstream = await startRawUpstream(({ request, socket }) => {
    if (!isProbe(request.startLine)) socket.write(answerOf("served"));
  });
  await using exporter = await startExporter({ upstream: upstream.url, args: [] });
  expect(await (await fetch(`${exporter.url}/meanwhile`)).text()).toBe("served");
  const probe = upstream.visits.find(({ request }) => isProbe(request.startLine));
  probe?.socket.write(answerOf('{"version":"0.24.0"}'));
  await exporter.says(/Ollama 0\.24\.0 answers/);
});

test("the upstream is asked once for each thing, on its base path and by its own name", async () => {
  await using upstream = await startRawUpstream(({ socket }) => {
    socket.write(answerOf('{"version":"0.24.0"}'));
  });
  await using exporter = await startExporter({ upstream: `${upstream.url}/base/`, args: [] });
  await exporter.says(/Ollama 0\.24\.0 answers/);
  expect(upstream.visits.map(({ request }) => request.startLine)).toEqual([
    "GET /base/api/version HTTP/1.1",
    "GET /base/metrics HTTP/1.1",
  ]);
  for (const { request } of upstream.visits) {
    expect(fieldValues(request, "host")).toEqual([`127.0.0.1:${upstream.port}`]);
    expect(fieldValues(request, "user-agent")).toEqual([`ollama-exporter/${VERSION}`]);
  }
});

test("the question at the start is in no metric and in no log of requests", async () => {
  await using upstream = await startRawUpstream(({ socket }) => {
    socket.write(answerOf('{"version":"0.24.0"}'));
  });
  await using exporter = await startExporter({ upstream: upstream.url, args: ["--log-requests"] });
  await exporter.says(/Ollama 0\.24\.0 answers/);
  await fetch(`${exporter.url}/asked-by-a-client`);
  await exporter.says(/path=\/asked-by-a-client/);
  expect(exporter.stderr()).not.toContain("/api/version");
});
