import { expect, test } from "bun:test";
import type Anthropic from "@anthropic-ai/sdk";
import { ENDLESS } from "../support/endless.ts";
import { scrape } from "../support/exposition.ts";
import { outcomesOn } from "../support/outcome-series.ts";
import { settled } from "../support/settled.ts";
import { expectCounted } from "../support/v1-counts.ts";
import { startStage } from "./stage.ts";

const PATH = "/v1/messages";
const FIRST_TOKENS = "ollama_time_to_first_token_seconds_count";
const ask = {
  model: "llama3.2",
  max_tokens: 200,
  messages: [{ role: "user" as const, content: "Why is the sky blue?" }],
};
const tools: Anthropic.Tool[] = [
  {
    name: "get_weather",
    input_schema: { type: "object", properties: { city: { type: "string" } } },
  },
];

function textOf({ content }: Anthropic.Message): string {
  return content.map((block) => (block.type === "text" ? block.text : "")).join("");
}

test("Messages are counted as the upstream counts them, streamed and not", async () => {
  await using stage = await startStage();
  const { client, proxy, upstream } = stage;
  const whole = await client.messages.create(ask);
  const streamed = await client.messages.stream(ask).finalMessage();
  expect(textOf(streamed)).toBe(textOf(whole));
  expect(streamed.usage).toMatchObject({ ...whole.usage });
  const events = await Array.fromAsync(await client.messages.create({ ...ask, stream: true }));
  expect(events.at(-1)?.type).toBe("message_stop");
  await client.messages.create({ ...ask, max_tokens: 5 });
  await proxy.endings(4);
  const samples = await scrape(proxy.url);
  expectCounted(samples, upstream.tally, [PATH]);
  expect(outcomesOn(samples)).toEqual({
    "llama3.2:latest finished stop": 3,
    "llama3.2:latest finished length": 1,
  });
  expect(samples.get(`${FIRST_TOKENS}{model="llama3.2:latest"}`)).toBe(2);
});

test("Thinking is a first token, and counts as the upstream counts it", async () => {
  await using stage = await startStage();
  const { client, proxy, upstream } = stage;
  const thinking = { type: "enabled", budget_tokens: 1024 } as const;
  const ask8b = { ...ask, model: "qwen3:8b", max_tokens: 2000, thinking };
  const message = await client.messages.stream(ask8b).finalMessage();
  expect(message.content.map(({ type }) => type)).toEqual(["thinking", "text"]);
  await proxy.endings(1);
  const samples = await scrape(proxy.url);
  expectCounted(samples, upstream.tally, [PATH]);
  expect(samples.get(`${FIRST_TOKENS}{model="qwen3:8b"}`)).toBe(1);
});

test("The use of a tool comes through and is an answer that stopped, streamed and not", async () => {
  await using stage = await startStage();
  const { client, proxy, upstream } = stage;
  const whole = await client.messages.create({ ...ask, tools });
  const streamed = await client.messages.stream({ ...ask, tools }).finalMessage();
  for (const { content, stop_reason } of [whole, streamed]) {
    expect(content[0]).toMatchObject({ type: "tool_use", name: "get_weather" });
    expect(content[0]).toHaveProperty("input.city");
    expect(stop_reason).toBe("tool_use");
  }
  await proxy.endings(2);
  const samples = await scrape(proxy.url);
  expectCounted(samples, upstream.tally, [PATH]);
  expect(outcomesOn(samples)).toEqual({ "llama3.2:latest finished stop": 2 });
  expect(samples.get(`${FIRST_TOKENS}{model="llama3.2:latest"}`)).toBe(1);
});

test("A client that aborts its stream has left, and the upstream stops", async () => {
  await using stage = await startStage([ENDLESS]);
  const { client, proxy, upstream } = stage;
  const endless = { ...ask, model: "endless", max_tokens: 1_000_000, stream: true as const };
  const stream = await client.messages.create(endless);
  await stream[Symbol.asyncIterator]().next();
  stream.controller.abort();
  await proxy.endings(1);
  await settled(upstream);
  expect(upstream.tally[PATH]["endless:latest"]).toMatchObject({ aborted: 1, finished: 0 });
  expect(outcomesOn(await scrape(proxy.url))).toEqual({ "endless:latest failed client_abort": 1 });
});

test("A model that is not there is refused in the upstream's words", async () => {
  await using stage = await startStage();
  const { client, proxy } = stage;
  const asked = client.messages.create({ ...ask, model: "nobody" });
  expect(await asked.catch((error: unknown) => error)).toMatchObject({
    status: 404,
    error: { error: { message: "model 'nobody' not found", type: "not_found_error" } },
  });
  await proxy.endings(1);
  expect(outcomesOn(await scrape(proxy.url))).toEqual({ "nobody:latest failed upstream_4xx": 1 });
});
