import { afterEach, beforeEach, expect, test } from "bun:test";

import {
  type SimulatedOllama,
  startSimulatedOllama,
} from "../../scripts/simulated-ollama/server.ts";
import { post, question, readLines } from "./post.ts";
import { RECORDED_MODELS } from "./recorded-models.ts";

let ollama: SimulatedOllama;

beforeEach(() => {
  ollama = startSimulatedOllama({ pace: 0, parallel: 1, models: RECORDED_MODELS });
});

afterEach(() => ollama.stop());

test("the tally is the sum of what the last lines say", async () => {
  const lasts: (Record<string, unknown> | undefined)[] = [];
  for (const seed of [1, 2, 3]) {
    const lines = await readLines(
      await post(ollama, "/api/chat", question("CHATTY", { options: { seed } })),
    );
    lasts.push(lines.at(-1));
  }
  const sum = (field: string): number =>
    lasts.reduce((total, last) => total + Number(last?.[field]), 0);
  expect(ollama.tally["/api/chat"]["chatty:latest"]).toEqual({
    requests: 3,
    finished: 3,
    aborted: 0,
    loads: 0,
    refused: 0,
    promptTokens: sum("prompt_eval_count"),
    generatedTokens: sum("eval_count"),
    totalDuration: sum("total_duration"),
    loadDuration: sum("load_duration"),
    promptEvalDuration: sum("prompt_eval_duration"),
    evalDuration: sum("eval_duration"),
  });
});

test("each path has a tally of its own", async () => {
  await readLines(await post(ollama, "/api/generate", { model: "mute", prompt: "Why?" }));
  await post(ollama, "/api/embed", { model: "mute", input: "sky" });
  await post(ollama, "/v1/chat/completions", question("mute"));
  await post(ollama, "/api/chat", { model: "mute", messages: [] });
  await post(ollama, "/api/chat", question("mute", { think: true }));
  expect(ollama.tally["/api/generate"]["mute:latest"]).toMatchObject({
    finished: 1,
    promptTokens: 12,
  });
  expect(ollama.tally["/api/embed"]["mute:latest"]).toMatchObject({ finished: 1, promptTokens: 2 });
  expect(ollama.tally["/v1/chat/completions"]["mute:latest"]).toMatchObject({ finished: 1 });
  expect(ollama.tally["/api/chat"]["mute:latest"]).toMatchObject({
    requests: 2,
    loads: 1,
    refused: 1,
  });
});

test("a client that leaves a stream is counted and gives its slot to the next", async () => {
  const leaving = new AbortController();
  const response = await post(ollama, "/api/chat", question("endless"), leaving.signal);
  await response.body?.getReader().read();
  const next = post(ollama, "/api/chat", question("endless", { options: { num_predict: 3 } }));
  leaving.abort();
  const lines = await readLines(await next);
  expect(lines.at(-1)).toMatchObject({ done_reason: "length", eval_count: 3 });
  expect(ollama.tally["/api/chat"]["endless:latest"]).toMatchObject({
    requests: 2,
    finished: 1,
    aborted: 1,
    generatedTokens: 3,
  });
});

test("a client that leaves while nothing was sent is counted", async () => {
  const stays = new AbortController();
  const leaves = new AbortController();
  // The first holds the slot, the second waits for it.
  const first = await post(ollama, "/api/chat", question("endless"), stays.signal);
  const second = post(ollama, "/api/chat", question("endless"), leaves.signal);
  const third = post(ollama, "/api/chat", question("endless", { options: { num_predict: 1 } }));
  leaves.abort();
  expect(await fails(second)).toBe(true);
  stays.abort();
  expect(await fails(first.text())).toBe(true);
  await readLines(await third);
  const counts = ollama.tally["/api/chat"]["endless:latest"];
  expect(counts).toMatchObject({ finished: 1, promptTokens: 16 });
  // The one that left in the queue may have gone before its request came.
  expect(counts?.requests).toBe(1 + (counts?.aborted ?? 0));
});

function fails(promise: Promise<unknown>): Promise<boolean> {
  return promise.then(
    () => false,
    () => true,
  );
}
