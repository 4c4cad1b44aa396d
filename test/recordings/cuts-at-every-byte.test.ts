import { expect, test } from "bun:test";
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

test("The cuts are real: an answer with a length loses it where its body comes in two", async () => {
  const recording = recordingOf("chat-nonstream");
  const head = recording.response.length - recordedMessage(recording).body.length;
  await using upstream = await startReplayUpstream();
  await using proxy = await startProxy(upstream.url);

  for (let cut = 1; cut < recording.response.length; cut++) {
    const { framing } = await replay(proxy.url, upstream, recording, [0, cut]);
    expect([cut, framing]).toEqual([cut, cut <= head ? "length" : "chunked"]);
  }
});
