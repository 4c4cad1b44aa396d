import { expect, test } from "bun:test";
import type { ChatResponse } from "ollama";
import { chatSeries, expectChatSeries, modelSeries } from "../support/chat-series.ts";
import { scrape, startingWith } from "../support/exposition.ts";
import { startTwins } from "../support/twins.ts";

const messages = [{ role: "user", content: "Why is the sky blue?" }];

test("The metrics of chats are exactly what the upstream did", async () => {
  await using twins = await startTwins();
  const { client, proxy, upstream } = twins;
  let asked = 0;
  for (const model of ["llama3.2", "qwen3:8b"]) {
    for (const seed of [1, 2, 3]) {
      const ask = { model, messages, options: { seed } };
      await client.chat({ ...ask, stream: false });
      await Array.fromAsync(await client.chat({ ...ask, stream: true }));
      asked += 2;
    }
  }
  await proxy.endings(asked);
  expect(upstream.tally["/api/chat"]["qwen3:8b"]).toMatchObject({ requests: 6, finished: 6 });
  expectChatSeries(await scrape(proxy.url), chatSeries(upstream.tally));
});

test("Every spelling of a model's name counts for the same model", async () => {
  await using twins = await startTwins();
  const { client, proxy, upstream } = twins;
  const spellings = [
    "llama3.2",
    "LLAMA3.2:latest",
    "library/llama3.2",
    "registry.ollama.ai/library/Llama3.2:latest",
  ];
  for (const model of spellings) await client.chat({ model, messages });
  await proxy.endings(spellings.length);
  const samples = await scrape(proxy.url);
  expectChatSeries(samples, chatSeries(upstream.tally));
  expect(startingWith(samples, "ollama_requests_total")).toEqual({
    'ollama_requests_total{model="llama3.2:latest"}': spellings.length,
  });
});

test("Loading, unloading, refused and unknown models count as requests with their outcomes and nothing else", async () => {
  await using twins = await startTwins();
  const { client, proxy, upstream } = twins;
  await client.chat({ model: "llama3.2", messages: [] });
  await client.chat({ model: "llama3.2", messages: [], keep_alive: 0 });
  await client.chat({ model: "llama3.2", messages, think: true }).catch(() => {});
  await client.chat({ model: "nobody", messages }).catch(() => {});
  await proxy.endings(4);
  expect(upstream.tally["/api/chat"]["llama3.2:latest"]).toMatchObject({ loads: 2, refused: 1 });
  expectChatSeries(await scrape(proxy.url), {
    ...modelSeries("llama3.2:latest", { requests: 3, loads: 2, refused: 1 }),
    ...modelSeries("nobody:latest", { requests: 1, refused: 1 }),
  });
});

test("Generate, embed and all that is not chat leave no trace in the metrics", async () => {
  await using twins = await startTwins();
  const { client, proxy, upstream } = twins;
  await client.generate({ model: "llama3.2", prompt: "Why?" });
  await Array.fromAsync(await client.generate({ model: "qwen3:8b", prompt: "Why?", stream: true }));
  await client.embed({ model: "nomic-embed-text", input: "sky" });
  await client.embeddings({ model: "nomic-embed-text", prompt: "sky" });
  await Array.fromAsync(await client.pull({ model: "gemma3", stream: true }));
  await client.list();
  await proxy.endings(6);
  expect(upstream.tally["/api/generate"]["qwen3:8b"]).toMatchObject({ finished: 1 });
  expectChatSeries(await scrape(proxy.url), {});
});

test("The histogram of tokens per second holds each answer's own speed", async () => {
  await using twins = await startTwins();
  const { client, proxy } = twins;
  const answers: ChatResponse[] = [];
  for (const seed of [1, 2, 3, 4]) {
    answers.push(await client.chat({ model: "llama3.2", messages, options: { seed } }));
  }
  await proxy.endings(answers.length);
  const speeds = answers.map(({ eval_count, eval_duration }) => eval_count / (eval_duration / 1e9));
  const samples = await scrape(proxy.url);
  const family = "ollama_tokens_per_second";
  const sum = speeds.reduce((total, speed) => total + speed, 0);
  expect(samples.get(`${family}_sum{model="llama3.2:latest"}`)).toBeCloseTo(sum, 6);
  for (const [name, count] of Object.entries(startingWith(samples, `${family}_bucket`))) {
    const bound = Number(/le="([^"]+)"/.exec(name)?.[1]?.replace("+Inf", "Infinity"));
    expect([name, count]).toEqual([name, speeds.filter((speed) => speed <= bound).length]);
  }
});
