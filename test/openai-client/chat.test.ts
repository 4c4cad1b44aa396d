import { expect, test } from "bun:test";
import type OpenAI from "openai";
import { ENDLESS } from "../support/endless.ts";
import { scrape } from "../support/exposition.ts";
import { outcomesOn } from "../support/outcome-series.ts";
import { settled } from "../support/settled.ts";
import { expectCounted } from "../support/v1-counts.ts";
import { startStage } from "./stage.ts";

const PATH = "/v1/chat/completions";
const MODEL = 'model="llama3.2:latest"';
const ask = {
  model: "llama3.2",
  messages: [{ role: "user" as const, content: "Why is the sky blue?" }],
};
const tools: OpenAI.ChatCompletionTool[] = [
  {
    type: "function",
    function: {
      name: "get_weather",
      parameters: { type: "object", properties: { city: { type: "string" } } },
    },
  },
];

test("Chats that tell their usage are counted as the upstream counts them", async () => {
  await using stage = await startStage();
  const { client, proxy, upstream } = stage;
  const whole = await client.chat.completions.create(ask);
  expect(whole.usage?.prompt_tokens).toBe(16);
  const stream = await client.chat.completions.create({
    ...ask,
    stream: true,
    stream_options: { include_usage: true },
  });
  const chunks = await Array.fromAsync(stream);
  expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? "").join("")).toBe(
    whole.choices[0]?.message.content ?? "",
  );
  await client.chat.completions.create({ ...ask, model: "qwen3:8b", max_tokens: 20 });
  await proxy.endings(3);
  const samples = await scrape(proxy.url);
  expectCounted(samples, upstream.tally, [PATH]);
  expect(outcomesOn(samples)).toEqual({
    "llama3.2:latest finished stop": 2,
    "qwen3:8b finished length": 1,
  });
  expect(samples.get(`ollama_time_to_first_token_seconds_count{${MODEL}}`)).toBe(1);
  expect(samples.get(`ollama_responses_without_usage_total{${MODEL}}`)).toBe(0);
});

test("A streamed chat without usage tells no tokens, and that it told none", async () => {
  await using stage = await startStage();
  const { client, proxy, upstream } = stage;
  await Array.fromAsync(await client.chat.completions.create({ ...ask, stream: true }));
  await proxy.endings(1);
  expect(upstream.tally[PATH]["llama3.2:latest"]).toMatchObject({ finished: 1 });
  const samples = await scrape(proxy.url);
  expect(outcomesOn(samples)).toEqual({ "llama3.2:latest finished stop": 1 });
  expect(samples.get(`ollama_tokens_processed_total{${MODEL}}`)).toBe(0);
  expect(samples.get(`ollama_tokens_generated_total{${MODEL}}`)).toBe(0);
  expect(samples.get(`ollama_responses_without_usage_total{${MODEL}}`)).toBe(1);
  expect(samples.get(`ollama_response_seconds_count{${MODEL}}`)).toBe(1);
  expect(samples.get(`ollama_time_to_first_token_seconds_count{${MODEL}}`)).toBe(1);
});

test("A call of a tool comes through and is an answer that stopped, streamed and not", async () => {
  await using stage = await startStage();
  const { client, proxy, upstream } = stage;
  const whole = await client.chat.completions.create({ ...ask, tools });
  const [call] = whole.choices[0]?.message.tool_calls ?? [];
  expect(call).toMatchObject({ function: { name: "get_weather" } });
  const stream = client.chat.completions.stream({
    ...ask,
    tools,
    stream_options: { include_usage: true },
  });
  const message = await stream.finalMessage();
  expect(message.tool_calls?.[0]).toMatchObject({ function: { name: "get_weather" } });
  await proxy.endings(2);
  const samples = await scrape(proxy.url);
  expectCounted(samples, upstream.tally, [PATH]);
  expect(outcomesOn(samples)).toEqual({ "llama3.2:latest finished stop": 2 });
  expect(samples.get(`ollama_time_to_first_token_seconds_count{${MODEL}}`)).toBe(1);
});

test("A client that aborts its stream has left, and the upstream stops", async () => {
  await using stage = await startStage([ENDLESS]);
  const { client, proxy, upstream } = stage;
  const stream = await client.chat.completions.create({ ...ask, model: "endless", stream: true });
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
  const asked = client.chat.completions.create({ ...ask, model: "nobody" });
  expect(await asked.catch((error: unknown) => error)).toMatchObject({
    status: 404,
    error: { message: "model 'nobody' not found", type: "not_found_error" },
  });
  await proxy.endings(1);
  expect(outcomesOn(await scrape(proxy.url))).toEqual({ "nobody:latest failed upstream_4xx": 1 });
});
