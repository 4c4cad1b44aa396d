import { expect, test } from "bun:test";
import { startTwins } from "../support/twins.ts";

const ask = { model: "llama3.2", prompt: "Why is the sky blue?" };

test("A generated answer comes through, streamed and not", async () => {
  await using twins = await startTwins();
  const whole = await twins.alike((client) => client.generate({ ...ask, stream: false }));
  const parts = await twins.alike(async (client) =>
    Array.fromAsync(await client.generate({ ...ask, stream: true })),
  );
  expect(whole).toMatchObject({ done: true, done_reason: "stop" });
  expect(whole.response).not.toBe("");
  expect(parts.map(({ response }) => response).join("")).toBe(whole.response ?? "");
  expect(parts.at(-1)?.context).toEqual(whole.context);
});

test("Thinking comes through generate as well", async () => {
  await using twins = await startTwins();
  const whole = await twins.alike((client) =>
    client.generate({ ...ask, model: "qwen3:8b", think: true }),
  );
  expect(whole.thinking).not.toBeEmpty();
});
