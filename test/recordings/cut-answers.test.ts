import { expect, test } from "bun:test";
import { parseMessage } from "../support/http-message.ts";
import { startProxy } from "../support/proxy.ts";
import { openRawClient } from "../support/raw-client.ts";
import { startRawUpstream } from "../support/raw-upstream.ts";
import { cutAnswer, recordedMessage, recordingOf, replayCut } from "../support/replay.ts";
import { startReplayUpstream } from "../support/replay-upstream.ts";
import { writePieces } from "../support/turns.ts";

test("An Ollama that dies in mid-stream breaks the client's answer visibly", async () => {
  const recording = recordingOf("chat-server-died");
  await using upstream = await startReplayUpstream();
  await using proxy = await startProxy(upstream.url);

  const received = await replayCut(proxy.url, upstream, recording);

  expect(upstream.mismatches).toEqual([]);
  expect(parseMessage(received, { kind: "response", closed: true })).toBeUndefined();
  expect(cutAnswer(received)?.body).toEqual(recordedMessage(recording).body);
  await proxy.endings(1);
  expect(proxy.ended.map(({ ending }) => ending)).toEqual(["truncated"]);
});

test("A client that leaves in mid-stream makes the upstream's connection close", async () => {
  const recording = recordingOf("chat-aborted");
  await using upstream = await startReplayUpstream();
  await using proxy = await startProxy(upstream.url);

  const received = await replayCut(proxy.url, upstream, recording);

  expect(upstream.mismatches).toEqual([]);
  expect(cutAnswer(received)?.body).toEqual(recordedMessage(recording).body);
  await upstream.visits[0]?.closed;
  await proxy.endings(1);
  expect(proxy.ended.map(({ ending }) => ending)).toEqual(["client_abort"]);
});

test("An Ollama that dies right after its last bytes never gives the client a clean end", async () => {
  // Bun's fetch may lose bytes that it has not handed over when the connection closes.
  const recording = recordingOf("chat-server-died");
  const borders = recording.segments.map(([, offset]) => offset);
  await using upstream = await startRawUpstream(async ({ socket }) => {
    await writePieces(socket, recording.response, borders, () => new Promise(setImmediate));
    socket.destroy();
  });
  await using proxy = await startProxy(upstream.url);
  const sent = recordedMessage(recording).body.toString();

  for (let round = 1; round <= 50; round++) {
    using client = openRawClient(proxy.url, recording.request);
    const received = await client.closed;
    await proxy.endings(round);

    const answer = parseMessage(received, { kind: "response", closed: true });
    if (answer !== undefined) expect(answer.startLine).toContain("502");
    else expect(sent.startsWith(String(cutAnswer(received)?.body ?? ""))).toBe(true);
    expect(proxy.ended.at(-1)?.ending).not.toBe("complete");
  }
});
