import { expect, test } from "bun:test";
import type { Message } from "ollama";
import { startTwins } from "../support/twins.ts";

const question: Message = { role: "user", content: "What is the weather in Paris?" };
const ask = {
  model: "llama3.2",
  messages: [question],
  tools: [
    {
      type: "function",
      function: {
        name: "get_weather",
        description: "The weather in a city now",
        parameters: {
          type: "object",
          required: ["city"],
          properties: { city: { type: "string", description: "Its name" } },
        },
      },
    },
  ],
};
const called = [{ function: { name: "get_weather", arguments: { city: expect.any(String) } } }];

test("A tool call comes through when the chat is not streamed", async () => {
  await using twins = await startTwins();
  const { message } = await twins.alike((client) => client.chat({ ...ask, stream: false }));
  expect(message.tool_calls).toMatchObject(called);
});

test("A tool call comes through in a line of its own when the chat is streamed", async () => {
  await using twins = await startTwins();
  const parts = await twins.alike(async (client) =>
    Array.fromAsync(await client.chat({ ...ask, stream: true })),
  );
  const calls = parts.flatMap(({ message }) => message.tool_calls ?? []);
  expect(calls).toMatchObject(called);
  expect(parts.at(-1)).toMatchObject({ done: true, message: { content: "" } });
});

test("A tool's result is answered in words", async () => {
  await using twins = await startTwins();
  const { message } = await twins.alike((client) => client.chat(ask));
  const result: Message = { role: "tool", tool_name: "get_weather", content: "11 degrees, rain" };
  const answer = await twins.alike((client) =>
    client.chat({ ...ask, messages: [question, message, result] }),
  );
  expect(answer.message.tool_calls).toBeUndefined();
  expect(answer.message.content).not.toBe("");
});
