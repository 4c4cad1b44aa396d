import { expect, test } from "bun:test";
import { startProxy } from "../support/proxy.ts";
import { exchange, openRawClient } from "../support/raw-client.ts";
import { startRawUpstream, type Visit } from "../support/raw-upstream.ts";

const POST = "POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Length: 13\r\n\r\n";
const REQUEST = `${POST}{"model":"m"}`;

test("an answer that breaks before its first byte is a 502 for the client and for whoever follows it", async () => {
  await using upstream = await startRawUpstream(({ socket }) => {
    socket.end("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
  });
  await using proxy = await startProxy(upstream.url);
  expect((await exchange(proxy.url, REQUEST)).startLine).toContain(" 502 ");
  await proxy.endings(1);
  expect(proxy.ended[0]?.exchange.status).toBe(502);
  expect(proxy.ended[0]?.ending).toBe("truncated");
});

test.each(["Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n", "Content-Length: 2\r\n\r\nok"])(
  "an answer whose status no answer can have is a 502, and its connection is given up: %p",
  async (rest) => {
    const visited = Promise.withResolvers<Visit>();
    await using upstream = await startRawUpstream((visit) => {
      visit.socket.write(`HTTP/1.1 700 Odd\r\n${rest}`);
      visited.resolve(visit);
    });
    await using proxy = await startProxy(upstream.url);
    expect((await exchange(proxy.url, REQUEST)).startLine).toContain(" 502 ");
    await (
      await visited.promise
    ).closed;
    await proxy.endings(1);
    expect(proxy.ended[0]?.exchange.status).toBe(502);
    expect(proxy.running()).toBe(0);
  },
);

test("a client that leaves before the answer's head has no status", async () => {
  const visited = Promise.withResolvers<void>();
  await using upstream = await startRawUpstream(() => visited.resolve());
  await using proxy = await startProxy(upstream.url);
  using client = openRawClient(proxy.url, REQUEST);
  await visited.promise;
  client.socket.destroy();
  await proxy.endings(1);
  expect(proxy.ended[0]?.exchange.status).toBeUndefined();
  expect(proxy.ended[0]?.ending).toBe("client_abort");
});
