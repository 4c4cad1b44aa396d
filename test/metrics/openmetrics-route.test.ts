import { expect, test } from "bun:test";
import { exchange } from "../support/raw-client.ts";
import { startProxy } from "../support/proxy.ts";
import { answerOf, startRawUpstream } from "../support/raw-upstream.ts";
import { checkOpenMetrics } from "./openmetrics-checker.ts";

const PROMETHEUS = [
  "application/openmetrics-text;version=1.0.0;q=0.6",
  "application/openmetrics-text;version=0.0.1;q=0.5",
  "text/plain;version=0.0.4;q=0.3",
  "*/*;q=0.2",
];

const FINAL = JSON.stringify({
  done: true,
  total_duration: 5e9,
  load_duration: 1e9,
  prompt_eval_count: 1,
  prompt_eval_duration: 1e9,
  eval_count: 10,
  eval_duration: 1e9,
});

const get = (method: string, ...accept: readonly string[]): string =>
  [`${method} /metrics HTTP/1.1`, "Host: localhost", ...accept, "Connection: close", "", ""].join(
    "\r\n",
  );

test.each([
  ["in one field", [`Accept: ${PROMETHEUS.join(",")}`]],
  ["in four", PROMETHEUS.map((range) => `Accept: ${range}`)],
])("Prometheus' Accept %s gets OpenMetrics, and HEAD its head", async (_, accept) => {
  await using upstream = await startRawUpstream(({ socket }) => void socket.end(answerOf("")));
  await using proxy = await startProxy(upstream.url);
  for (const method of ["GET", "HEAD"]) {
    const { startLine, fields, body } = await exchange(proxy.url, get(method, ...accept));
    expect(startLine).toBe("HTTP/1.1 200 OK");
    const field = (name: string): string | undefined =>
      fields.find(([one]) => one.toLowerCase() === name)?.[1];
    expect(field("content-type")).toBe(
      "application/openmetrics-text; version=1.0.0; charset=utf-8",
    );
    expect(field("vary")).toBe("Accept");
    expect(Number(field("content-length"))).toBeGreaterThan(1000);
    if (method === "GET") checkOpenMetrics(String(body));
    else expect(body).toHaveLength(0);
  }
});

test("A chat's sampled traceparent is an exemplar, and one that is not sampled is none", async () => {
  await using upstream = await startRawUpstream(({ socket }) => void socket.write(answerOf(FINAL)));
  await using proxy = await startProxy(upstream.url);
  const sampled = "0af7651916cd43dd8448eb211c80319c";
  const dropped = "4bf92f3577b34da6a3ce929d0e0e4736";
  for (const traceparent of [
    `00-${sampled}-b7ad6b7169203331-01`,
    `00-${dropped}-b7ad6b7169203331-00`,
  ]) {
    const headers = { traceparent };
    await (
      await fetch(`${proxy.url}/api/chat`, { method: "POST", headers, body: '{"model":"m"}' })
    ).text();
    expect(String(upstream.visits.at(-1)?.request.fields)).toContain(traceparent);
  }
  await proxy.endings(2);
  const headers = { accept: PROMETHEUS.join(",") };
  const page = await (await fetch(`${proxy.url}/metrics`, { headers })).text();
  checkOpenMetrics(page);
  expect(page).toContain(
    `ollama_response_seconds_bucket{le="5.0",model="m:latest"} 2 # {trace_id="${sampled}"} 5 `,
  );
  expect(page).not.toContain(dropped);
});
