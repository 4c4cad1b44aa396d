import { expect, test } from "bun:test";
import { type RunningExporter, startExporter } from "../support/exporter.ts";
import { scrape } from "../support/exposition.ts";
import { answerOf, startRawUpstream } from "../support/raw-upstream.ts";
import { startOllama } from "./ollama.ts";
import { refusal } from "./tcp.ts";

const OWN = ["--metrics-listen", "127.0.0.1:0"];

/** Where the program tells Prometheus to go, without the path. */
async function metricsUrl(exporter: RunningExporter): Promise<string> {
  const [, url = ""] = await exporter.says(/point Prometheus at (\S+)\/metrics\n/);
  return url;
}

test("/metrics is on the listener of its own and shows what the proxy did", async () => {
  await using ollama = startOllama();
  await using exporter = await startExporter({ upstream: ollama.url, args: OWN });
  const metrics = await metricsUrl(exporter);
  expect(metrics).not.toBe(exporter.url);
  const body = JSON.stringify({ model: "llama3.2", messages: [{ role: "user", content: "?" }] });
  await (await fetch(`${exporter.url}/api/chat`, { method: "POST", body })).text();
  const samples = await scrape(metrics);
  expect(samples.get('ollama_requests_total{model="llama3.2:latest"}')).toBe(1);
  expect(samples.get('ollama_response_seconds_count{model="llama3.2:latest"}')).toBe(1);
});

test("/metrics on the proxy's port is forwarded like any other path", async () => {
  await using upstream = await startRawUpstream(({ request, socket }) => {
    socket.write(answerOf(`upstream saw ${request.startLine}`));
  });
  await using exporter = await startExporter({ upstream: upstream.url, args: OWN });
  for (const method of ["GET", "POST"]) {
    const answer = await fetch(`${exporter.url}/metrics?all`, { method });
    expect(await answer.text()).toBe(`upstream saw ${method} /metrics?all HTTP/1.1`);
  }
});

test("the metrics listener has nothing else and forwards nothing", async () => {
  await using upstream = await startRawUpstream(({ socket }) => {
    socket.write(answerOf('{"version":"0.24.0"}'));
  });
  await using exporter = await startExporter({ upstream: upstream.url, args: OWN });
  const url = await metricsUrl(exporter);
  await exporter.says(/Ollama 0\.24\.0 answers/);
  for (const path of ["/index.html", "/api/version", "/api/chat", "/metrics/", "/metrics2"]) {
    expect((await fetch(url + path)).status).toBe(404);
  }
  for (const [path, method] of [
    ["/api/chat", "POST"],
    ["/api/delete", "DELETE"],
  ] as const) {
    expect((await fetch(url + path, { method, body: "{}" })).status).toBe(404);
  }
  for (const path of ["/metrics", "/-/healthy", "/"]) {
    const answer = await fetch(url + path, { method: "POST", body: "{}" });
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  }
  expect(upstream.visits).toHaveLength(1);
});

test("the metrics listener answers GET and HEAD with prom-client's content type", async () => {
  await using ollama = startOllama();
  await using exporter = await startExporter({ upstream: ollama.url, args: OWN });
  const url = `${await metricsUrl(exporter)}/metrics?any=query`;
  for (const method of ["GET", "HEAD"]) {
    const answer = await fetch(url, { method });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    expect((await answer.text()) === "").toBe(method === "HEAD");
  }
});

test("the metrics are served while the upstream is down", async () => {
  await using exporter = await startExporter({ upstream: "127.0.0.1:1", args: OWN });
  const samples = await scrape(await metricsUrl(exporter));
  expect(samples.has("process_start_time_seconds")).toBe(true);
});

test("both listeners close at SIGTERM", async () => {
  await using ollama = startOllama();
  await using exporter = await startExporter({ upstream: ollama.url, args: OWN });
  const metrics = await metricsUrl(exporter);
  await exporter.says(/Ollama 0\.24\.0 answers/);
  exporter.signal("SIGTERM");
  await Promise.all([refusal(exporter.url), refusal(metrics)]);
  expect((await exporter.exited).code).toBe(0);
});
