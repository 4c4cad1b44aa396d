import { expect, test } from "bun:test";
import type OpenAI from "openai";
import { scrape } from "../support/exposition.ts";
import { outcomesOn } from "../support/outcome-series.ts";
import { expectCounted } from "../support/v1-counts.ts";
import { startStage } from "./stage.ts";

const FIRST_TOKENS = 'ollama_time_to_first_token_seconds_count{model="llama3.2:latest"}';

test("Completions are counted as the upstream counts them, streamed and not", async () => {
  await using stage = await startStage();
  const { client, proxy, upstream } = stage;
  const ask = { model: "llama3.2", prompt: "The sky is", max_tokens: 12 };
  const whole = await client.completions.create(ask);
  const stream = await client.completions.create({
    ...ask,
    stream: true,
    stream_options: { include_usage: true },
  });
  const chunks = await Array.fromAsync(stream);
  const text = chunks.map(({ choices }) => choices[0]?.text ?? "").join("");
  expect(text).toBe(whole.choices[0]?.text ?? "");
  await proxy.endings(2);
  const samples = await scrape(proxy.url);
  expectCounted(samples, upstream.tally, ["/v1/completions"]);
  expect(outcomesOn(samples)).toEqual({ "llama3.2:latest finished length": 2 });
  expect(samples.get(FIRST_TOKENS)).toBe(1);
});

test("Responses are counted as the upstream counts them, streamed and not", async () => {
  await using stage = await startStage();
  const { client, proxy, upstream } = stage;
  const ask = { model: "llama3.2", input: "Why is the sky blue?" };
  const whole = await client.responses.create(ask);
  expect(whole.output_text).not.toBe("");
  const streamed = await client.responses.stream(ask).finalResponse();
  expect(streamed.output_text).toBe(whole.output_text);
  const [...events] = await Array.fromAsync(
    await client.responses.create({ ...ask, stream: true }),
  );
  expect(events.at(-1)?.type).toBe("response.completed");
  await proxy.endings(3);
  const samples = await scrape(proxy.url);
  expectCounted(samples, upstream.tally, ["/v1/responses"]);
  expect(outcomesOn(samples)).toEqual({ "llama3.2:latest finished stop": 3 });
  expect(samples.get(FIRST_TOKENS)).toBe(2);
});

test("A response that calls a tool is counted, streamed and not", async () => {
  await using stage = await startStage();
  const { client, proxy, upstream } = stage;
  const tool: OpenAI.Responses.FunctionTool = {
    type: "function",
    name: "get_weather",
    parameters: { type: "object", properties: { city: { type: "string" } } },
    strict: false,
  };
  const ask = { model: "llama3.2", input: "What is the weather?", tools: [tool] };
  const whole = await client.responses.create(ask);
  expect(whole.output[0]).toMatchObject({ type: "function_call", name: "get_weather" });
  const streamed = await client.responses.stream(ask).finalResponse();
  expect(streamed.output[0]).toMatchObject({ type: "function_call", name: "get_weather" });
  await proxy.endings(2);
  const samples = await scrape(proxy.url);
  expectCounted(samples, upstream.tally, ["/v1/responses"]);
  expect(samples.get(FIRST_TOKENS)).toBe(1);
});

test("Embeddings come through with every digit and are counted", async () => {
  await using stage = await startStage();
  const { client, proxy, upstream } = stage;
  const ask = { model: "nomic-embed-text", input: ["sky", "空は青い"] };
  // The client asks for base64 by itself, and decodes it.
  const packed = await client.embeddings.create(ask);
  const plain = await client.embeddings.create({ ...ask, encoding_format: "float" });
  expect(plain.data.map(({ embedding }) => embedding.length)).toEqual([768, 768]);
  expect(packed.data[1]?.embedding[7]).toBeCloseTo(plain.data[1]?.embedding[7] ?? NaN, 6);
  await proxy.endings(2);
  const samples = await scrape(proxy.url);
  expectCounted(samples, upstream.tally, ["/v1/embeddings"]);
  expect(outcomesOn(samples)).toEqual({ "nomic-embed-text:latest finished other": 2 });
});

test("The list of models passes and is no request for an answer", async () => {
  await using stage = await startStage();
  const { client, proxy } = stage;
  const models = await Array.fromAsync(client.models.list());
  expect(models.map(({ id }) => id)).toContain("llama3.2:latest");
  await proxy.endings(1);
  expect(outcomesOn(await scrape(proxy.url))).toEqual({});
});
