import { describe, expect, test } from "bun:test";
import { APIS } from "../../src/apis.ts";
import { findDialect } from "../../src/dialects/all.ts";
import { scrape, startingWith } from "../support/exposition.ts";
import { balanceOn, outcomesOn } from "../support/outcome-series.ts";
import { type Proxy, startProxy } from "../support/proxy.ts";
import { type Recording, recordings } from "../support/recordings.ts";
import { replay } from "../support/replay.ts";
import { type ReplayUpstream, startReplayUpstream } from "../support/replay-upstream.ts";

/** Model, outcome, and the tokens of prompt and answer where they are told. */
const WANTED: Readonly<
  Record<string, readonly [outcome: string, prompt?: number, answer?: number]>
> = {
  "generate-stream": ["chatty:latest finished length", 16, 24],
  "generate-nonstream": ["chatty:latest finished length", 12, 8],
  "generate-load": ["chatty:latest finished load"],
  "generate-not-found": ["nosuch:latest failed upstream_4xx"],
  embed: ["chatty:latest finished other", 4],
  "embed-one": ["chatty:latest finished other", 2],
  "embeddings-old": ["chatty:latest finished other"],
  "openai-chat-stream": ["chatty:latest finished length"],
  "openai-chat-stream-usage": ["chatty:latest finished length", 16, 12],
  "openai-chat": ["chatty:latest finished length", 16, 12],
  "openai-chat-tools-stream": ["tooler:latest finished stop"],
  "openai-chat-reasoning-stream": ["thinker:latest finished stop", 16, 29],
  "openai-chat-not-found": ["nosuch:latest failed upstream_4xx"],
  "openai-chat-stream-runner-died": ["endless:latest failed truncated"],
  "openai-completions": ["chatty:latest finished length", 11, 8],
  "openai-completions-stream": ["chatty:latest finished length", 11, 8],
  "openai-embeddings": ["chatty:latest finished other", 2],
  "openai-responses": ["chatty:latest finished other", 11, 8],
  "openai-responses-stream": ["chatty:latest finished other", 11, 8],
  "anthropic-messages": ["chatty:latest finished length", 16, 12],
  "anthropic-messages-stream": ["chatty:latest finished length", 16, 12],
  "anthropic-messages-tools-stream": ["tooler:latest finished stop", 47, 15],
  "anthropic-thinking-stream": ["thinker:latest finished stop", 16, 29],
  "anthropic-not-found": ["nosuch:latest failed upstream_4xx"],
  "anthropic-stream-runner-died": ["endless:latest failed truncated"],
};

const others = recordings().filter(
  ({ method, path }) => path !== "/api/chat" && findDialect(method, path),
);

async function replayAll(
  proxy: Proxy,
  upstream: ReplayUpstream,
  all: readonly Recording[],
): Promise<void> {
  for (const recording of all) await replay(proxy.url, upstream, recording);
  await proxy.endings(all.length);
  // The upstream compares each request with what was recorded: nothing was put into any.
  expect(upstream.mismatches).toEqual([]);
}

test("every recorded request for an answer but chats has its outcome here", () => {
  expect(others.map(({ name }) => name).toSorted()).toEqual(Object.keys(WANTED).toSorted());
});

describe("observing all", () => {
  test.each(others.map((recording) => [recording.name, recording] as const))(
    "%s is measured as what it is",
    async (name, recording) => {
      await using upstream = await startReplayUpstream();
      await using proxy = await startProxy(upstream.url, { observe: APIS });

      await replayAll(proxy, upstream, [recording]);

      const [outcome = "", prompt = 0, generated = 0] = WANTED[name] ?? [];
      const [model = ""] = outcome.split(" ");
      const samples = await scrape(proxy.url);
      const of = (family: string): number | undefined => samples.get(`${family}{model="${model}"}`);
      expect(outcomesOn(samples)).toEqual({ [outcome]: 1 });
      expect(balanceOn(samples)).toEqual({ [model]: { requests: 1, ended: 1, inFlight: 0 } });
      expect(of("ollama_tokens_processed_total")).toBe(prompt);
      expect(of("ollama_tokens_generated_total")).toBe(generated);
      const finished = outcome.includes(" finished ");
      const without = finished && prompt + generated === 0 ? 1 : 0;
      expect(of("ollama_responses_without_usage_total")).toBe(without);
      const timed = finished && name !== "generate-load" ? 1 : undefined;
      expect(of("ollama_response_seconds_count")).toBe(timed);
      const streamed = /stream/.test(name) && !/nonstream/.test(name) ? 1 : undefined;
      expect(of("ollama_time_to_first_token_seconds_count")).toBe(streamed);
      const queued = /^generate-(non)?stream$/.test(name) ? 1 : undefined;
      expect(of("ollama_queue_duration_seconds_count")).toBe(queued);
      expect(proxy.unmeasured).toEqual([]);
    },
  );

  test("no line of any is skipped", async () => {
    await using upstream = await startReplayUpstream();
    await using proxy = await startProxy(upstream.url, { observe: APIS });
    await replayAll(proxy, upstream, others);
    const skipped = startingWith(await scrape(proxy.url), "ollama_exporter_lines_skipped_total");
    expect(Object.values(skipped).every((count) => count === 0)).toBe(true);
  });
});

test("with chat alone they pass uncounted, and each is told of by its API", async () => {
  await using upstream = await startReplayUpstream();
  await using proxy = await startProxy(upstream.url);
  await replayAll(proxy, upstream, others);
  const samples = await scrape(proxy.url);
  expect(startingWith(samples, "ollama_requests_total")).toEqual({});
  expect(outcomesOn(samples)).toEqual({});
  const apis = others.map(({ method, path }) => findDialect(method, path)?.api);
  expect(proxy.unmeasured).toEqual(apis.filter((api) => api !== undefined));
});

test("a choice of APIs measures these and no other", async () => {
  await using upstream = await startReplayUpstream();
  await using proxy = await startProxy(upstream.url, { observe: ["embed", "anthropic"] });
  await replayAll(proxy, upstream, others);
  const requests = startingWith(await scrape(proxy.url), "ollama_requests_total");
  const sum = Object.values(requests).reduce((total, count) => total + count, 0);
  const chosen = others.filter(({ path }) => /^\/api\/embed|^\/v1\/messages/.test(path));
  expect(sum).toBe(chosen.length);
  expect(chosen.length).toBe(9);
  expect(new Set(proxy.unmeasured)).toEqual(new Set(["generate", "openai"]));
});
