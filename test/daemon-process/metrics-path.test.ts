import { expect, test } from "bun:test";
import { startExporter } from "../support/exporter.ts";
import { answerOf, startRawUpstream } from "../support/raw-upstream.ts";
import { answerOwnQuestion } from "../support/own-questions.ts";

const PATH = ["--metrics-path", "/exporter-metrics"];

/** An upstream that says what it saw. */
const startEcho = () =>
  startRawUpstream((visit) => {
    if (answerOwnQuestion(visit)) return;
    visit.socket.write(answerOf(`upstream saw ${visit.request.startLine}`));
  });

test("the metrics are at --metrics-path, and /metrics is forwarded", async () => {
  await using upstream = await startEcho();
  await using exporter = await startExporter({ upstream: upstream.url, args: PATH });
  await exporter.says(/point Prometheus at \S+:\d+\/exporter-metrics\n/);
  const page = await (await fetch(`${exporter.url}/exporter-metrics`)).text();
  expect(page).toContain("\nollama_exporter_build_info{");
  expect(await (await fetch(`${exporter.url}/metrics?a`)).text()).toBe(
    "upstream saw GET /metrics?a HTTP/1.1",
  );
  const posted = await fetch(`${exporter.url}/exporter-metrics`, { method: "POST" });
  expect(await posted.text()).toBe("upstream saw POST /exporter-metrics HTTP/1.1");
});

test("with --metrics-listen the metrics are at --metrics-path there, and nowhere else", async () => {
  await using upstream = await startEcho();
  const args = [...PATH, "--metrics-listen", "127.0.0.1:0"];
  await using exporter = await startExporter({ upstream: upstream.url, args });
  const [, own = ""] = await exporter.says(/point Prometheus at (\S+)\/exporter-metrics\n/);
  expect((await fetch(`${own}/exporter-metrics`)).status).toBe(200);
  const missing = await fetch(`${own}/metrics`);
  expect(missing.status).toBe(404);
  expect(await missing.text()).toBe("404 page not found: the metrics are at /exporter-metrics\n");
  expect(await (await fetch(`${exporter.url}/exporter-metrics`)).text()).toBe(
    "upstream saw GET /exporter-metrics HTTP/1.1",
  );
});

test("an upstream's own /metrics is not covered by another path, and nobody asks for it", async () => {
  await using upstream = await startEcho();
  await using exporter = await startExporter({ upstream: upstream.url, args: PATH });
  await exporter.says(/Ollama 0\.24\.0 answers/);
  exporter.signal("SIGTERM");
  expect((await exporter.exited).stderr).not.toContain("of its own");
  expect(upstream.visits.map(({ request }) => request.startLine)).toEqual([
    "GET /api/version HTTP/1.1",
  ]);
});
