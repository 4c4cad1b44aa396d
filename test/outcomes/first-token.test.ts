import { expect, test } from "bun:test";
import { type Samples, scrape } from "../support/exposition.ts";
import { startProxy } from "../support/proxy.ts";
import { exchange, openRawClient } from "../support/raw-client.ts";
import { answerOf, chunkOf, startRawUpstream, type Visit } from "../support/raw-upstream.ts";
import { chatRequest, FINAL, LAST_CHUNK, SPOKEN, streamHead } from "./chat-request.ts";

const NAME = "ollama_time_to_first_token_seconds";
const LABEL = '{model="m:latest"}';

const countOn = (samples: Samples): number | undefined => samples.get(`${NAME}_count${LABEL}`);

/** A line without content, as Ollama may begin. */
const SILENT = SPOKEN.replace('"content":"a"', '"content":""');

test("The first token is observed when it comes, while the answer goes on", async () => {
  const visited = Promise.withResolvers<Visit>();
  await using upstream = await startRawUpstream(visited.resolve);
  await using proxy = await startProxy(upstream.url);

  using client = openRawClient(proxy.url, chatRequest("m"));
  const { socket } = await visited.promise;
  socket.write(Buffer.concat([Buffer.from(streamHead()), chunkOf(SILENT)]));
  await client.until((received) => received.includes('"content":""'));
  expect(countOn(await scrape(proxy.url))).toBeUndefined();

  socket.write(chunkOf(SPOKEN));
  await client.until((received) => received.includes('"content":"a"'));
  const samples = await scrape(proxy.url);
  expect(countOn(samples)).toBe(1);
  expect(samples.get(`ollama_requests_in_flight${LABEL}`)).toBe(1);
  const first = samples.get(`${NAME}_sum${LABEL}`) ?? NaN;
  expect(first).toBeGreaterThan(0);

  socket.write(Buffer.concat([chunkOf(SPOKEN + FINAL), Buffer.from(LAST_CHUNK)]));
  await proxy.endings(1);
  const last = await scrape(proxy.url);
  expect(last.get(`${NAME}_sum${LABEL}`)).toBe(first);
  expect(countOn(last)).toBe(1);
  const [ended] = proxy.ended;
  const { arrivedAt = NaN, firstTokenAt = NaN } = ended?.exchange ?? {};
  expect(first).toBeCloseTo((firstTokenAt - arrivedAt) / 1000, 3);
});

test("An answer in one piece has no first token", async () => {
  const whole = answerOf(FINAL.replace('"content":""', '"content":"all of it"'), {
    fields: ["Content-Type: application/json; charset=utf-8"],
  });
  await using upstream = await startRawUpstream(({ socket }) => void socket.write(whole));
  await using proxy = await startProxy(upstream.url);
  await exchange(proxy.url, chatRequest("m"));
  await proxy.endings(1);
  const samples = await scrape(proxy.url);
  expect(samples.get(`ollama_response_seconds_count${LABEL}`)).toBe(1);
  expect(countOn(samples)).toBeUndefined();
});

test("The first token of an answer that fails later has been observed", async () => {
  const failing = Buffer.concat([
    Buffer.from(streamHead()),
    chunkOf(SPOKEN + '{"error":"no more"}\n'),
    Buffer.from(LAST_CHUNK),
  ]);
  await using upstream = await startRawUpstream(({ socket }) => void socket.write(failing));
  await using proxy = await startProxy(upstream.url);
  await exchange(proxy.url, chatRequest("m"));
  await proxy.endings(1);
  const samples = await scrape(proxy.url);
  expect(countOn(samples)).toBe(1);
  expect(samples.get(`ollama_response_seconds_count${LABEL}`)).toBeUndefined();
});

test("The trace of a sampled request is on the OpenMetrics page, and no other is anywhere", async () => {
  const sampled = "4bf92f3577b34da6a3ce929d0e0e4736";
  const unsampled = "0af7651916cd43dd8448eb211c80319c";
  await using upstream = await startRawUpstream(({ socket }) => void socket.write(answerOf(FINAL)));
  await using proxy = await startProxy(upstream.url);
  for (const trace of [`${sampled}-00f067aa0ba902b7-01`, `${unsampled}-00f067aa0ba902b7-00`]) {
    await exchange(proxy.url, chatRequest("m", [`traceparent: 00-${trace}`]));
  }
  await proxy.endings(2);
  expect(upstream.visits.length).toBe(2);
  for (const { request } of upstream.visits) {
    expect(request.fields.map(([name]) => name.toLowerCase())).toContain("traceparent");
  }
  const page = await fetch(`${proxy.url}/metrics`, {
    headers: { accept: "application/openmetrics-text; version=1.0.0" },
  });
  const traces = [...(await page.text()).matchAll(/trace_id="(\w+)"/g)].map(([, id]) => id);
  expect([...new Set(traces)]).toEqual([sampled]);
  expect(await (await fetch(`${proxy.url}/metrics`)).text()).not.toContain(sampled);
});
