import { expect, test } from "bun:test";
import type { Ollama } from "ollama";
import { DEFAULT_MODELS } from "../../scripts/simulated-ollama/default-models.ts";
import { chatSeries, expectChatSeries } from "../support/chat-series.ts";
import { ENDLESS } from "../support/endless.ts";
import { scrape } from "../support/exposition.ts";
import { settled } from "../support/settled.ts";
import { startTwins } from "../support/twins.ts";

const SPELLINGS = [
  "llama3.2",
  "LLAMA3.2:latest",
  "library/llama3.2:latest",
  "registry.ollama.ai/library/llama3.2",
  "qwen3:8b",
  "Qwen3:8B",
  "registry.ollama.ai/library/qwen3:8b",
] as const;

const CHATS = 200;
/** One in so many is aborted after its first part. */
const ABORTED = 5;

async function chat(client: Ollama, index: number): Promise<string | undefined> {
  const messages = [{ role: "user", content: `Tell me something about the number ${index}.` }];
  if (index % ABORTED === 0) {
    const stream = await client.chat({ model: "endless", messages, stream: true });
    await stream[Symbol.asyncIterator]().next();
    stream.abort();
    return undefined;
  }
  const model = SPELLINGS[index % SPELLINGS.length] ?? SPELLINGS[0];
  if (index % 2 === 0) return (await client.chat({ model, messages })).message.content;
  const parts = await Array.fromAsync(await client.chat({ model, messages, stream: true }));
  return parts.map(({ message }) => message.content).join("");
}

test("Two hundred chats at once are all answered and all counted", async () => {
  await using twins = await startTwins([...DEFAULT_MODELS, ENDLESS]);
  const { alike, proxy, upstream } = twins;
  // The order of arrival decides who pays for the cold load, so durations are left out of the result.
  const contents = await alike((client) =>
    Promise.all(Array.from({ length: CHATS }, (_, index) => chat(client, index))),
  );
  const answered = contents.filter((content) => content !== undefined);
  expect(answered).toHaveLength(CHATS - CHATS / ABORTED);
  expect(new Set(answered).size).toBe(answered.length);

  await proxy.endings(CHATS);
  await settled(upstream);
  const counts = upstream.tally["/api/chat"];
  expect(counts["endless:latest"]).toMatchObject({ finished: 0, aborted: CHATS / ABORTED });
  expect(Object.keys(counts).toSorted()).toEqual(["endless:latest", "llama3.2:latest", "qwen3:8b"]);
  expectChatSeries(await scrape(proxy.url), chatSeries(upstream.tally));
  const endings = Map.groupBy(proxy.ended, ({ ending }) => ending);
  expect(endings.get("complete")).toHaveLength(answered.length);
  expect(endings.get("client_abort")).toHaveLength(CHATS / ABORTED);
  expect(proxy.running()).toBe(0);
});
