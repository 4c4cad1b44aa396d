import { expect, test } from "bun:test";
import { startSimulatedOllama } from "../../scripts/simulated-ollama/server.ts";
import { parseUpstream } from "../../src/cli/upstream-address.ts";
import { createUpstream } from "../../src/proxy/upstream.ts";
import { bun } from "../../src/runtime/bun.ts";
import { createStateReader } from "../../src/state/state-reader.ts";
import { type Recording, recordings } from "../support/recordings.ts";
import { startScriptedOllama } from "./scripted-ollama.ts";

const LONG = 2000;

const recorded = new Map(recordings().map((recording) => [recording.name, recording]));

/** Answers as the real Ollama did. */
const replay = (name: string) => (socket: { write(bytes: Buffer): void }) =>
  socket.write((recorded.get(name) as Recording).response);

test.each([
  ["ps-loaded", 1_795_349_212.32],
  ["ps-forever", Infinity],
])("The recording %s is read", async (name, expiresAt) => {
  await using ollama = await startScriptedOllama();
  ollama.answers.ps = replay(name);
  const { loaded } = await ollama.reader.read(LONG);
  const chatty = { sizeBytes: 270_413_824, vramBytes: 0, contextTokens: 2048, expiresAt };
  expect(loaded).toEqual([{ model: "chatty:latest", ...chatty }]);
});

test("The recordings of nothing loaded, of the installed models and of the version are read", async () => {
  await using ollama = await startScriptedOllama();
  Object.assign(ollama.answers, {
    ps: replay("ps-empty"),
    tags: replay("tags"),
    version: replay("version"),
  });
  const { up, loaded, installed, version } = await ollama.reader.read(LONG);
  expect({ up, loaded, version }).toEqual({ up: true, loaded: [], version: "0.24.0" });
  expect(installed?.map(({ model }) => model).toSorted()).toEqual(
    ["chatty", "endless", "json", "mute", "stopper", "thinker", "tooler"].map(
      (name) => `${name}:latest`,
    ),
  );
  const details = { family: "llama", parameterSize: "265.49M", quantization: "F16" };
  for (const one of installed ?? []) expect(one.details).toEqual(details);
  expect(installed?.[0]).toMatchObject({ model: "stopper:latest", sizeBytes: 538_804_332 });
});

test("The simulated Ollama is read", async () => {
  const ollama = startSimulatedOllama({ pace: 0 });
  try {
    const chat = JSON.stringify({ model: "qwen3:8b", messages: [], keep_alive: -1 });
    await (await fetch(`${ollama.url}/api/chat`, { method: "POST", body: chat })).text();
    const upstream = createUpstream(parseUpstream(ollama.url, "test"), bun.send);
    const { version, loaded, installed } = await createStateReader({ upstream }).read(LONG);
    expect(version).toBe("0.24.0");
    expect(loaded).toEqual([
      {
        model: "qwen3:8b",
        sizeBytes: 6_207_561_728,
        vramBytes: 4_873_289_728,
        contextTokens: 4096,
        expiresAt: Infinity,
      },
    ]);
    expect(installed?.map(({ model, sizeBytes }) => [model, sizeBytes])).toEqual([
      ["llama3.2:latest", 2_019_393_189],
      ["qwen3:8b", 5_225_388_164],
      ["nomic-embed-text:latest", 274_302_450],
    ]);
    const details = { family: "nomic-bert", parameterSize: "137M", quantization: "F16" };
    expect(installed?.[2]?.details).toEqual(details);
  } finally {
    await ollama.stop();
  }
});
