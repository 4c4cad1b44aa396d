import { expect, test } from "bun:test";
import { startHalfUpstream } from "../support/half-upstream.ts";
import { parseMessage } from "../support/http-message.ts";
import { startProxy } from "../support/proxy.ts";
import { exchange, openRawClient } from "../support/raw-client.ts";
import { startRawUpstream } from "../support/raw-upstream.ts";
import { cutAnswer, recordedMessage, recordingOf } from "../support/replay.ts";
import { BLOB_BYTES, blobUpload } from "./blob-upload.ts";

test.each(["chat-stream", "generate-stream", "tags", "blob-bad-digest"])(
  "The client of %s gets a 502 from an upstream that dies before the first byte",
  async (name) => {
    await using upstream = await startRawUpstream(({ socket }) => void socket.destroy());
    await using proxy = await startProxy(upstream.url);

    const got = await exchange(proxy.url, recordingOf(name).request);

    expect(got.startLine).toStartWith("HTTP/1.1 502 ");
    expect(JSON.parse(String(got.body))).toEqual({ error: expect.any(String) });
    await proxy.endings(1);
    expect(proxy.ended.map(({ ending }) => ending)).toEqual(["upstream_unreachable"]);
  },
);

test("The client of a blob gets a 502 from an upstream that dies during the upload", async () => {
  await using upstream = await startHalfUpstream();
  await using proxy = await startProxy(upstream.url);

  using client = openRawClient(proxy.url, blobUpload().subarray(0, -BLOB_BYTES / 2));
  (await upstream.begun(BLOB_BYTES / 2)).socket.destroy();

  expect(String(await client.until(isWhole))).toStartWith("HTTP/1.1 502 ");
  await proxy.endings(1);
  expect(proxy.ended.map(({ ending }) => ending)).toEqual(["upstream_unreachable"]);
});

test.each(["chat-stream", "generate-stream", "openai-chat-stream", "anthropic-messages-stream"])(
  "The client of %s sees an upstream die in mid-stream",
  async (name) => {
    const { request, response, segments } = recordingOf(name);
    const some = response.subarray(0, segments[4]?.[1]);
    const sent = cutAnswer(some)?.body ?? Buffer.alloc(0);
    await using upstream = await startRawUpstream(({ socket }) => void socket.write(some));
    await using proxy = await startProxy(upstream.url);

    using client = openRawClient(proxy.url, request);
    await client.until((received) => cutAnswer(received)?.body.length === sent.length);
    upstream.visits[0]?.socket.destroy();

    const received = await client.closed;
    expect(parseMessage(received, { kind: "response", closed: true })).toBeUndefined();
    expect(cutAnswer(received)?.body).toEqual(sent);
    await proxy.endings(1);
    expect(proxy.ended.map(({ ending }) => ending)).toEqual(["truncated"]);
  },
);

test("The client of chat-nonstream sees an upstream die in the middle of a body with a length", async () => {
  const recording = recordingOf("chat-nonstream");
  const { length } = recordedMessage(recording).body;
  const some = recording.response.subarray(0, -length / 2);
  await using upstream = await startRawUpstream(({ socket }) => void socket.write(some));
  await using proxy = await startProxy(upstream.url);

  using client = openRawClient(proxy.url, recording.request);
  await client.until((received) => cutAnswer(received)?.body.length === length / 2);
  upstream.visits[0]?.socket.destroy();

  const received = await client.closed;
  expect(parseMessage(received, { kind: "response", closed: true })).toBeUndefined();
  await proxy.endings(1);
  expect(proxy.ended.map(({ ending }) => ending)).toEqual(["truncated"]);
});

function isWhole(received: Buffer): boolean {
  return parseMessage(received, { kind: "response" }) !== undefined;
}
