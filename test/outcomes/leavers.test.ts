import { expect, test } from "bun:test";
import { scrape } from "../support/exposition.ts";
import { balanceOn, outcomesOn } from "../support/outcome-series.ts";
import { type Proxy, startProxy } from "../support/proxy.ts";
import { openRawClient } from "../support/raw-client.ts";
import { answerOf, chunkOf, startRawUpstream, type Visit } from "../support/raw-upstream.ts";
import { chatRequest, FINAL, LAST_CHUNK, SPOKEN, streamHead } from "./chat-request.ts";

const MODEL = "m:latest";

/** Expects one request with this outcome. */
async function expectOutcome(proxy: Proxy, outcome: string): Promise<void> {
  await proxy.endings(1);
  const samples = await scrape(proxy.url);
  expect(outcomesOn(samples)).toEqual({ [`${MODEL} ${outcome}`]: 1 });
  expect(balanceOn(samples)).toEqual({ [MODEL]: { requests: 1, ended: 1, inFlight: 0 } });
}

test("A client that leaves before the head has aborted, and was in flight until then", async () => {
  const visited = Promise.withResolvers<Visit>();
  await using upstream = await startRawUpstream(visited.resolve);
  await using proxy = await startProxy(upstream.url);

  using client = openRawClient(proxy.url, chatRequest("m"));
  const visit = await visited.promise;
  expect(balanceOn(await scrape(proxy.url))).toEqual({
    [MODEL]: { requests: 1, ended: 0, inFlight: 1 },
  });
  client.socket.destroy();

  await visit.closed;
  await expectOutcome(proxy, "failed client_abort");
});

test("A client that leaves in mid-stream has aborted", async () => {
  const some = Buffer.concat([Buffer.from(streamHead()), chunkOf(SPOKEN)]);
  await using upstream = await startRawUpstream(({ socket }) => void socket.write(some));
  await using proxy = await startProxy(upstream.url);

  using client = openRawClient(proxy.url, chatRequest("m"));
  await client.until((received) => received.includes('"content":"a"'));
  client.socket.destroy();

  await upstream.visits[0]?.closed;
  await expectOutcome(proxy, "failed client_abort");
});

test("A client that leaves with half of the final object has aborted", async () => {
  const half = FINAL.slice(0, FINAL.indexOf("prompt_eval"));
  const some = Buffer.concat([Buffer.from(streamHead()), chunkOf(SPOKEN), chunkOf(half)]);
  await using upstream = await startRawUpstream(({ socket }) => void socket.write(some));
  await using proxy = await startProxy(upstream.url);

  using client = openRawClient(proxy.url, chatRequest("m"));
  await client.until((received) => received.includes("load_duration"));
  client.socket.destroy();

  await expectOutcome(proxy, "failed client_abort");
});

test("A client that leaves after the final object is finished", async () => {
  const unended = Buffer.concat([Buffer.from(streamHead()), chunkOf(SPOKEN), chunkOf(FINAL)]);
  await using upstream = await startRawUpstream(({ socket }) => void socket.write(unended));
  await using proxy = await startProxy(upstream.url);

  using client = openRawClient(proxy.url, chatRequest("m"));
  await client.until((received) => received.includes('"done":true'));
  client.socket.destroy();

  await upstream.visits[0]?.closed;
  await expectOutcome(proxy, "finished stop");
});

test("A client that leaves after the line that says so has seen the stream fail", async () => {
  const unended = Buffer.concat([
    Buffer.from(streamHead()),
    chunkOf(SPOKEN),
    chunkOf('{"error":"the runner died"}\n'),
  ]);
  await using upstream = await startRawUpstream(({ socket }) => void socket.write(unended));
  await using proxy = await startProxy(upstream.url);

  using client = openRawClient(proxy.url, chatRequest("m"));
  await client.until((received) => received.includes("the runner died"));
  client.socket.destroy();

  await upstream.visits[0]?.closed;
  await expectOutcome(proxy, "failed stream_error");
});

test("A client that leaves in the middle of a refusal was refused", async () => {
  const refusal = answerOf("x".repeat(200_000), { status: "503 Service Unavailable" });
  await using upstream = await startRawUpstream(
    ({ socket }) => void socket.write(refusal.slice(0, 100_000)),
  );
  await using proxy = await startProxy(upstream.url);

  using client = openRawClient(proxy.url, chatRequest("m"));
  await client.until((received) => received.includes("xxx"));
  client.socket.destroy();

  await expectOutcome(proxy, "failed upstream_5xx");
});

test("A client that leaves while its request is still coming has aborted", async () => {
  await using upstream = await startRawUpstream(() => {});
  await using proxy = await startProxy(upstream.url);

  // The model is known, and so the request is counted and on its way.
  using client = openRawClient(proxy.url, chatRequest("m").slice(0, -5));
  while (balanceOn(await scrape(proxy.url))[MODEL] === undefined);
  client.socket.destroy();

  await expectOutcome(proxy, "failed client_abort");
});

test("A stream that finishes while the client reads is finished once", async () => {
  const visited = Promise.withResolvers<Visit>();
  await using upstream = await startRawUpstream(visited.resolve);
  await using proxy = await startProxy(upstream.url);

  using client = openRawClient(proxy.url, chatRequest("m"));
  const { socket } = await visited.promise;
  socket.write(Buffer.concat([Buffer.from(streamHead()), chunkOf(SPOKEN)]));
  await client.until((received) => received.includes('"content":"a"'));
  expect(balanceOn(await scrape(proxy.url))).toEqual({
    [MODEL]: { requests: 1, ended: 0, inFlight: 1 },
  });
  socket.write(Buffer.concat([chunkOf(FINAL), Buffer.from(LAST_CHUNK)]));
  await client.until((received) => String(received).endsWith(LAST_CHUNK));

  await expectOutcome(proxy, "finished stop");
});
