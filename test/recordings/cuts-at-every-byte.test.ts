import { expect, test } from "bun:test";
import { openRawClient } from "../support/raw-client.ts";
import { startRawUpstream } from "../support/raw-upstream.ts";
import { startProxy } from "../support/proxy.ts";
import { recordedMessage, recordingOf, replay } from "../support/replay.ts";
import { startReplayUpstream } from "../support/replay-upstream.ts";
import { expectMeasured, skippedLines } from "./measured.ts";

const MOST_MILLISECONDS = 30_000;

test.each(["chat-nonstream", "chat-tools", "chat-one-token"])(
  "The answer %s reaches client and metrics wherever it is cut in two",
  async (name) => {
    const recording = recordingOf(name);
    const { body } = recordedMessage(recording);
    await using upstream = await startReplayUpstream();
    await using proxy = await startProxy(upstream.url);

    for (let cut = 1; cut < recording.response.length; cut++) {
      const got = await replay(proxy.url, upstream, recording, [0, cut]);
      expect([cut, got.body.equals(body)]).toEqual([cut, true]);
      await proxy.endings(cut);
      expect([cut, proxy.ended.at(-1)?.ending]).toEqual([cut, "complete"]);
    }

    expect(upstream.mismatches).toEqual([]);
    const cuts = recording.response.length - 1;
    await expectMeasured(proxy.url, Array<typeof recording>(cuts).fill(recording));
    expect(await skippedLines(proxy.url)).toBe(0);
  },
  MOST_MILLISECONDS,
);

test("The first part of an answer reaches the client while the rest is unsent, wherever it is cut", async () => {
  const { request, response } = recordingOf("chat-nonstream");
  const head = response.indexOf("\r\n\r\n") + 4;
  let cut = 0;
  let more = Promise.withResolvers<void>();
  await using upstream = await startRawUpstream(async ({ socket }) => {
    socket.write(response.subarray(0, cut));
    await more.promise;
    socket.end(response.subarray(cut));
  });
  await using proxy = await startProxy(upstream.url);

  for (cut = head + 1; cut < response.length; cut++) {
    more = Promise.withResolvers();
    using client = openRawClient(proxy.url, request);
    await client.until((received) => received.includes(response.subarray(head, cut)));
    more.resolve();
    await client.until((received) => received.toString("latin1").endsWith("\r\n0\r\n\r\n"));
  }
});
