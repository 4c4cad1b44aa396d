import { beforeAll, expect, test } from "bun:test";
import { LAST } from "../daemon-process/open-chats.ts";
import { post } from "../daemon-process/raw-request.ts";
import { buildBinary, type Target, startExporter } from "../support/exporter.ts";
import { scrape } from "../support/exposition.ts";
import { openRawClient } from "../support/raw-client.ts";
import {
  answerOf,
  type RawUpstream,
  startRawUpstream,
  type Visit,
} from "../support/raw-upstream.ts";

const LIMIT = 10;
const CHATS = 30;

const CHAT = post("/api/chat", '{"model":"llama3.2","messages":[]}');

interface HeldChats extends RawUpstream {
  readonly chats: readonly Visit[];
  /** Resolves when so many chats have arrived. */
  arrived(count: number): Promise<void>;
}

/** An upstream that leaves its chats without an answer. */
async function startHeldChats(): Promise<HeldChats> {
  const chats: Visit[] = [];
  let wake = Promise.withResolvers<void>();
  const upstream = await startRawUpstream((visit) => {
    if (!visit.request.startLine.includes("/api/chat")) {
      visit.socket.write(answerOf('{"version":"0.24.0"}'));
      return;
    }
    chats.push(visit);
    wake.resolve();
    wake = Promise.withResolvers();
  });
  return {
    ...upstream,
    chats,
    async arrived(count) {
      while (chats.length < count) await wake.promise;
    },
  };
}

beforeAll(buildBinary);

test.each(["source", "binary"] satisfies Target[])(
  "no more chats run at once through the %s than the user has said",
  async (target) => {
    await using upstream = await startHeldChats();
    const env = { BUN_CONFIG_MAX_HTTP_REQUESTS: `${LIMIT}` };
    const options = { target, upstream: upstream.url, args: [], env };
    await using exporter = await startExporter(options);
    await exporter.says(/Ollama 0\.24\.0 answers/);

    using stack = new DisposableStack();
    const clients = Array.from({ length: CHATS }, () =>
      stack.use(openRawClient(exporter.url, CHAT)),
    );
    // The exporter has them all before the first one ends.
    const series = 'ollama_requests_total{model="llama3.2:latest"}';
    while ((await scrape(exporter.url)).get(series) !== CHATS);
    await upstream.arrived(LIMIT);

    // Each end lets in one more, and only one: the way there and back is long enough for all.
    for (let ended = 0; ended < CHATS; ended++) {
      expect(upstream.chats).toHaveLength(Math.min(LIMIT + ended, CHATS));
      upstream.chats[ended]?.socket.write(answerOf(LAST));
      await upstream.arrived(Math.min(LIMIT + ended + 1, CHATS));
    }
    for (const client of clients) await client.until((received) => received.includes(LAST));
  },
);
