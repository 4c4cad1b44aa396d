import { expect, test } from "bun:test";
import { endToEndFields } from "../support/end-to-end.ts";
import { fieldValues, type HttpMessage } from "../support/http-message.ts";
import { startProxy } from "../support/proxy.ts";
import { type Recording, recordings } from "../support/recordings.ts";
import { recordedMessage, replay } from "../support/replay.ts";
import { startReplayUpstream } from "../support/replay-upstream.ts";

/** They have tests of their own: what Bun cannot pass, and what was cut. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  "double-slash",
  "dot-segments",
  "chat-aborted",
  "chat-server-died",
]);

const here = recordings().filter(({ name }) => !ELSEWHERE.has(name));

test("The recordings are 87, and all but 4 are replayed here", () => {
  expect(recordings()).toHaveLength(87);
  expect(here).toHaveLength(83);
});

test.each(here.map((recording) => [recording.name, recording] as const))(
  "The client of %s gets what Ollama answered, and Ollama gets what it asked",
  async (_, recording) => {
    await using upstream = await startReplayUpstream();
    await using proxy = await startProxy(upstream.url);

    const got = await replay(proxy.url, upstream, recording);

    expect(upstream.mismatches).toEqual([]);
    expect(statusOf(got.startLine)).toBe(recording.status);
    const recorded = recordedMessage(recording);
    expect(got.body.equals(recorded.body)).toBe(true);
    expect(fieldsOf(got)).toEqual(fieldsOf(recorded));
    expect(got.framing).toBe(recorded.framing);
    expect(lengthOf(got)).toBe(lengthOf(recorded));

    await proxy.endings(1);
    expect(proxy.ended.map(({ ending }) => ending)).toEqual(["complete"]);
    expect(proxy.ended[0]?.exchange).toMatchObject(seenBy(recording));
  },
);

/** Without what has a new value in each answer or is framing. */
function fieldsOf(answer: HttpMessage): Record<string, string> {
  const { date, "content-length": _, ...fields } = endToEndFields(answer);
  return { ...fields, date: typeof date };
}

function lengthOf(answer: HttpMessage): string | undefined {
  return fieldValues(answer, "content-length")[0];
}

function statusOf(statusLine: string): number {
  return Number(statusLine.split(" ")[1]);
}

function seenBy({ method, path, status }: Recording): object {
  return { method, path, status };
}
