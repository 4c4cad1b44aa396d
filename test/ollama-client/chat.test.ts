import { expect, test } from "bun:test";
import { startTwins } from "../support/twins.ts";

const question = {
  model: "llama3.2",
  messages: [{ role: "user", content: "Why is the sky blue?" }],
};

test("A chat that is not streamed comes through as it is", async () => {
  await using twins = await startTwins();
  const answer = await twins.alike((client) => client.chat({ ...question, stream: false }));
  expect(answer).toMatchObject({ done: true, done_reason: "stop", prompt_eval_count: 16 });
  expect(answer.message.content).not.toBe("");
  expect(answer.created_at).toMatch(/^\d{4}-/);
});

test("A streamed chat comes through part by part", async () => {
  await using twins = await startTwins();
  const parts = await twins.alike(async (client) =>
    Array.fromAsync(await client.chat({ ...question, stream: true })),
  );
  const whole = await twins.alike((client) => client.chat(question));
  expect(parts.length).toBe(parts.at(-1)?.eval_count ?? 0);
  expect(parts.map(({ message }) => message.content).join("")).toBe(whole.message.content);
});

test("A model's thinking comes through, streamed and not", async () => {
  await using twins = await startTwins();
  const ask = { ...question, model: "qwen3:8b", think: true };
  const whole = await twins.alike((client) => client.chat({ ...ask, stream: false }));
  const parts = await twins.alike(async (client) =>
    Array.fromAsync(await client.chat({ ...ask, stream: true })),
  );
  expect(whole.message.thinking).not.toBeEmpty();
  expect(parts.map(({ message }) => message.thinking ?? "").join("")).toBe(
    whole.message.thinking ?? "",
  );
});

test("The options of a chat reach the model", async () => {
  await using twins = await startTwins();
  const ask = (seed: number, num_predict: number) =>
    twins.alike((client) => client.chat({ ...question, options: { seed, num_predict } }));
  const short = await ask(1, 3);
  expect(short).toMatchObject({ done_reason: "length", eval_count: 3 });
  expect((await ask(2, 3)).message.content).not.toBe(short.message.content);
});

test("A chat with a format is answered in that format", async () => {
  await using twins = await startTwins();
  const format = { type: "object", properties: { city: { type: "string" } } };
  const { message } = await twins.alike((client) => client.chat({ ...question, format }));
  expect(JSON.parse(message.content)).toEqual({ city: expect.any(String) });
});

test("A chat with an image of a megabyte is answered", async () => {
  await using twins = await startTwins();
  const images = [new Uint8Array(1 << 20).fill(200)];
  const message = { role: "user", content: "What is this?", images };
  const answer = await twins.alike((client) =>
    client.chat({ model: "llama3.2", messages: [{ ...message }] }),
  );
  expect(answer.prompt_eval_count).toBeGreaterThan(576);
});

test("A chat without messages loads the model, and a keep_alive of 0 unloads it", async () => {
  await using twins = await startTwins();
  const load = (keep_alive: number) =>
    twins.alike((client) => client.chat({ model: "llama3.2", messages: [], keep_alive }));
  expect(await load(60)).toMatchObject({ done: true, done_reason: "load" });
  expect((await twins.alike((client) => client.ps())).models).toHaveLength(1);
  expect(await load(0)).toMatchObject({ done: true, done_reason: "unload" });
  expect((await twins.alike((client) => client.ps())).models).toHaveLength(0);
});
