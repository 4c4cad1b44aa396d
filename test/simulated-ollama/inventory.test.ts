import { afterEach, beforeEach, expect, test } from "bun:test";

import {
  type SimulatedOllama,
  startSimulatedOllama,
} from "../../scripts/simulated-ollama/server.ts";
import { post, question, readLines } from "./post.ts";

let ollama: SimulatedOllama;

beforeEach(() => {
  ollama = startSimulatedOllama({ pace: 0 });
});

afterEach(() => ollama.stop());

async function names(path: "/api/ps" | "/api/tags"): Promise<string[]> {
  const { models }: { models: { name: string }[] } = await (await fetch(ollama.url + path)).json();
  return models.map(({ name }) => name);
}

test("ps lists a model from its first use to its unloading", async () => {
  expect(await names("/api/ps")).toEqual([]);
  await post(ollama, "/api/chat", { model: "library/LLAMA3.2", messages: [], keep_alive: "1h30m" });
  await post(ollama, "/api/generate", { model: "qwen3:8b" });
  expect(await names("/api/ps")).toEqual(["llama3.2:latest", "qwen3:8b"]);
  await post(ollama, "/api/chat", { model: "llama3.2:latest", messages: [], keep_alive: 0 });
  await readLines(await post(ollama, "/api/chat", question("qwen3:8b", { keep_alive: 0 })));
  expect(await names("/api/ps")).toEqual([]);
});

test("a pull shows its progress and brings the model", async () => {
  const lines = await readLines(await post(ollama, "/api/pull", { model: "gemma3:4b" }));
  expect(lines[0]).toEqual({ status: "pulling manifest" });
  expect(lines[1]).not.toHaveProperty("completed");
  expect(lines[11]?.["completed"]).toBe(lines[11]?.["total"]);
  expect(lines.at(-1)).toEqual({ status: "success" });
  expect(await names("/api/tags")).toContain("gemma3:4b");
});

test("a pull of an unknown model fails after 200, or with 500 when it is not streamed", async () => {
  const streamed = await post(ollama, "/api/pull", { model: "unknown-model" });
  expect(streamed.status).toBe(200);
  const error = "pull model manifest: file does not exist";
  expect(await readLines(streamed)).toEqual([{ status: "pulling manifest" }, { error }]);
  const whole = await post(ollama, "/api/pull", { model: "unknown-model", stream: false });
  expect([whole.status, whole.headers.get("content-type")]).toEqual([500, "application/json"]);
  expect(await whole.json()).toEqual({ error });
});

test("models can be created, copied and deleted", async () => {
  const lines = await readLines(
    await post(ollama, "/api/create", { model: "mine", from: "llama3.2" }),
  );
  expect(lines.at(-1)).toEqual({ status: "success" });
  await post(ollama, "/api/copy", { source: "mine", destination: "yours" });
  const body = JSON.stringify({ model: "mine" });
  const deleted = await fetch(`${ollama.url}/api/delete`, { method: "DELETE", body });
  expect([deleted.status, await deleted.text()]).toEqual([200, ""]);
  const list = await names("/api/tags");
  expect(list).toContain("yours:latest");
  expect(list).not.toContain("mine:latest");
});

test("show tells what the model can and is large", async () => {
  const response = await post(ollama, "/api/show", { model: "qwen3:8b" });
  expect(response.headers.get("content-length")).toBeNull();
  expect(await response.json()).toMatchObject({
    capabilities: ["completion", "tools", "thinking"],
  });
});

test("a blob is stored once, and the second upload is answered before it is read", async () => {
  const blob = new Uint8Array(1 << 20).fill(7);
  const digest = new Bun.CryptoHasher("sha256").update(blob).digest("hex");
  const url = `${ollama.url}/api/blobs/sha256:${digest}`;
  expect((await fetch(url, { method: "POST", body: blob })).status).toBe(201);
  expect((await fetch(url, { method: "HEAD" })).status).toBe(200);
  // This body never ends.
  const body = new ReadableStream({ start: (controller) => controller.enqueue(blob.slice(0, 1)) });
  expect((await fetch(url, { method: "POST", body })).status).toBe(200);
});

test("an OpenAI chat without messages and an invalid keep_alive are refused", async () => {
  const empty = await post(ollama, "/v1/chat/completions", { model: "llama3.2", messages: [] });
  expect(empty.status).toBe(400);
  const chat = await post(ollama, "/api/chat", question("llama3.2", { keep_alive: "soon" }));
  expect(await chat.json()).toEqual({ error: 'time: invalid duration "soon"' });
});

test("format follows the schema and a tool is called once", async () => {
  const schema = {
    type: "object",
    properties: { city: { type: "string" }, big: { type: "boolean" } },
  };
  const structured = await post(
    ollama,
    "/api/chat",
    question("llama3.2", { format: schema, stream: false }),
  );
  const { message }: { message: { content: string } } = await structured.json();
  expect(Object.keys(JSON.parse(message.content))).toEqual(["city", "big"]);

  const tools = [{ type: "function", function: { name: "look_up", parameters: schema } }];
  const messages = [
    { role: "user", content: "?" },
    { role: "tool", content: "42" },
  ];
  const after = await post(ollama, "/api/chat", {
    model: "llama3.2",
    messages,
    tools,
    stream: false,
  });
  expect(await after.json()).not.toHaveProperty("message.tool_calls");
});
