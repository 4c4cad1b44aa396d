import { expect, test } from "bun:test";
import { startProxy } from "../support/proxy.ts";
import { exchange } from "../support/raw-client.ts";
import { startRawUpstream } from "../support/raw-upstream.ts";
import { recordedMessage, recordingOf } from "../support/replay.ts";

/**
 * Bun normalises a request target before anybody sees it, so Ollama is asked at once for what it
 * would have redirected to.
 */
const REWRITTEN = [
  ["double-slash", "GET //api/tags HTTP/1.1", "GET /api/tags HTTP/1.1"],
  ["dot-segments", "GET /api/../api/version HTTP/1.1", "GET /api/version HTTP/1.1"],
] as const;

test.each(REWRITTEN)("The target of %s arrives as its redirect names it", async (...row) => {
  const [name, asked, arrives] = row;
  const recording = recordingOf(name);
  expect(recording.request.toString()).toStartWith(`${asked}\r\n`);
  const location = arrives.split(" ")[1] ?? "";
  expect(recordedMessage(recording).fields).toContainEqual(["Location", location]);

  await using upstream = await startRawUpstream(({ socket }) => socket.write(recording.response));
  await using proxy = await startProxy(upstream.url);
  const got = await exchange(proxy.url, recording.request);

  expect(upstream.visits.map(({ request }) => request.startLine)).toEqual([arrives]);
  // A redirect is the client's to follow.
  expect(got.startLine).toContain(String(recording.status));
  expect(got.fields).toContainEqual(["Location", location]);
  expect(got.body).toEqual(recordedMessage(recording).body);
});
