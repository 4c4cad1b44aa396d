import { expect, test } from "bun:test";
import { gzipSync } from "node:zlib";
import { type Proxy, startProxy } from "../support/proxy.ts";
import { openRawClient } from "../support/raw-client.ts";
import { chunkOf, type RawUpstream, startRawUpstream } from "../support/raw-upstream.ts";
import { cutAnswer, recordedMessage, recordingOf } from "../support/replay.ts";
import { expectMeasured, skippedLines } from "./measured.ts";

const recording = recordingOf("chat-stream-stop");
const { body } = recordedMessage(recording);
const LAST_CHUNK = "0\r\n\r\n";

/** Bytes after the compressed data, which need not come for it to be read: checksum and length. */
const GZIP_TRAILER = 8;

const MOST_MILLISECONDS = 60_000;

test(
  "A client that leaves right after the final line never costs a record, a thousand times",
  async () => {
    const unfinished = recording.response.subarray(0, -LAST_CHUNK.length);
    expect(recording.response.subarray(-LAST_CHUNK.length).toString()).toBe(LAST_CHUNK);
    await using upstream = await startUnending(unfinished);
    await using proxy = await startProxy(upstream.url);

    await leaveEarly(proxy, upstream, 1000, body.length);
  },
  MOST_MILLISECONDS,
);

test(
  "A client that leaves before the trailer of a compressed answer never costs a record",
  async () => {
    const compressed = gzipSync(body).subarray(0, -GZIP_TRAILER);
    const head = [
      "HTTP/1.1 200 OK",
      "Content-Type: application/x-ndjson",
      "Content-Encoding: gzip",
      "Transfer-Encoding: chunked",
    ].join("\r\n");
    const unfinished = Buffer.concat([Buffer.from(`${head}\r\n\r\n`), chunkOf(compressed)]);
    await using upstream = await startUnending(unfinished);
    await using proxy = await startProxy(upstream.url);

    await leaveEarly(proxy, upstream, 200, compressed.length);
  },
  MOST_MILLISECONDS,
);

/** Answers everybody with these bytes and never ends its answers itself. */
function startUnending(answer: Buffer): Promise<RawUpstream> {
  return startRawUpstream(({ socket }) => void socket.write(answer));
}

/** Several at once, so that the leaving falls on all kinds of moments. */
const AT_ONCE = 8;

/** Has clients that leave as soon as they have so many bytes; expects the records of them all. */
async function leaveEarly(
  proxy: Proxy,
  upstream: RawUpstream,
  clients: number,
  bytes: number,
): Promise<void> {
  const one = async (): Promise<void> => {
    using client = openRawClient(proxy.url, recording.request);
    await client.until((received) => cutAnswer(received)?.body.length === bytes);
    client.socket.destroy();
    await client.closed;
  };
  const share = async (): Promise<void> => {
    for (let left = clients / AT_ONCE; left > 0; left--) await one();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, share));

  await proxy.endings(clients);
  expect(new Set(proxy.ended.map(({ ending }) => ending))).toEqual(new Set(["complete"]));
  expect(proxy.ended).toHaveLength(clients);
  expect(proxy.running()).toBe(0);
  await expectMeasured(proxy.url, Array<typeof recording>(clients).fill(recording));
  expect(await skippedLines(proxy.url)).toBe(0);
  // Nobody else ends these answers: all of their connections are closed because the clients left.
  await Promise.all(upstream.visits.map(({ closed }) => closed));
}
