import { expect, test } from "bun:test";
import { startHalfUpstream } from "../support/half-upstream.ts";
import { startProxy } from "../support/proxy.ts";
import { openRawClient } from "../support/raw-client.ts";
import { startRawUpstream, type Visit } from "../support/raw-upstream.ts";
import { cutAnswer, recordingOf } from "../support/replay.ts";
import { BLOB_BYTES, blobUpload } from "./blob-upload.ts";

const STREAMS = ["chat-stream", "generate-stream"] as const;
const REQUESTS = [...STREAMS, "chat-nonstream", "generate-nonstream", "blob-bad-digest"] as const;

test.each(REQUESTS)(
  "The upstream of %s sees the client leave before the first byte of an answer",
  async (name) => {
    const visited = Promise.withResolvers<Visit>();
    await using upstream = await startRawUpstream(visited.resolve);
    await using proxy = await startProxy(upstream.url);

    using client = openRawClient(proxy.url, recordingOf(name).request);
    const visit = await visited.promise;
    client.socket.destroy();

    await visit.closed;
    await proxy.endings(1);
    expect(proxy.ended.map(({ ending }) => ending)).toEqual(["client_abort"]);
    expect(upstream.connections()).toBe(1);
    expect(proxy.running()).toBe(0);
  },
);

test.each(STREAMS)("The upstream of %s sees the client leave in mid-stream", async (name) => {
  const { request, response, segments } = recordingOf(name);
  const some = response.subarray(0, segments[3]?.[1]);
  await using upstream = await startRawUpstream(({ socket }) => void socket.write(some));
  await using proxy = await startProxy(upstream.url);

  using client = openRawClient(proxy.url, request);
  await client.until((received) => (cutAnswer(received)?.body.length ?? 0) > 0);
  client.socket.destroy();

  await upstream.visits[0]?.closed;
  await proxy.endings(1);
  expect(proxy.ended.map(({ ending }) => ending)).toEqual(["client_abort"]);
  expect(proxy.running()).toBe(0);
});

test("The upstream of a blob sees the client leave in the middle of the upload", async () => {
  await using upstream = await startHalfUpstream();
  await using proxy = await startProxy(upstream.url);

  const half = blobUpload().subarray(0, -BLOB_BYTES / 2);
  using client = openRawClient(proxy.url, half);
  const upload = await upstream.begun(BLOB_BYTES / 2);
  expect(upload.received().toString("latin1")).toContain(`Content-Length: ${BLOB_BYTES}\r\n`);
  client.socket.destroy();

  await upload.closed;
  await proxy.endings(1);
  expect(proxy.ended.map(({ ending }) => ending)).toEqual(["client_abort"]);
  expect(proxy.running()).toBe(0);
});

test("The upstream of a chat sees the client leave before its request is whole", async () => {
  const { request } = recordingOf("chat-stream");
  await using upstream = await startHalfUpstream();
  await using proxy = await startProxy(upstream.url);

  using client = openRawClient(proxy.url, request.subarray(0, -1));
  const chat = await upstream.begun(1);
  client.socket.destroy();

  await chat.closed;
  await proxy.endings(1);
  expect(proxy.ended.map(({ ending }) => ending)).toEqual(["client_abort"]);
  expect(proxy.running()).toBe(0);
});
