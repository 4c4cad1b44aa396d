import { expect, test } from "bun:test";
import { fieldValues } from "../support/http-message.ts";
import { answerOf } from "../support/raw-upstream.ts";
import { startScriptedOllama } from "./scripted-ollama.ts";

const MINUTE = 60_000;
const LONG = 2000;

const leave = (socket: { destroy(): void }): void => socket.destroy();

test("The first read asks everything, the next ones only what is loaded", async () => {
  await using ollama = await startScriptedOllama();
  const first = await ollama.reader.read(LONG);
  expect(ollama.asked()).toEqual(["ps", "tags", "version"]);
  for (let read = 0; read < 3; read++) {
    ollama.pass(MINUTE / 4);
    expect(await ollama.reader.read(LONG)).toEqual(first);
    expect(ollama.asked()).toEqual(["ps"]);
  }
});

test("What is installed is asked once a minute, the version every five", async () => {
  await using ollama = await startScriptedOllama();
  const asked: string[][] = [];
  for (let minute = 0; minute <= 10; minute++) {
    await ollama.reader.read(LONG);
    asked.push(ollama.asked());
    ollama.pass(MINUTE);
  }
  const [all, minutely] = [
    ["ps", "tags", "version"],
    ["ps", "tags"],
  ];
  const four = Array.from({ length: 4 }, () => minutely);
  expect(asked).toEqual([all, ...four, all, ...four, all]);
});

test("What is installed is asked again when it has changed", async () => {
  await using ollama = await startScriptedOllama();
  await ollama.reader.read(LONG);
  ollama.answers.tags = { models: [] };
  ollama.asked();
  ollama.reader.inventoryChanged();
  expect((await ollama.reader.read(LONG)).installed).toEqual([]);
  expect(ollama.asked()).toEqual(["ps", "tags"]);
  await ollama.reader.read(LONG);
  expect(ollama.asked()).toEqual(["ps"]);
});

test("What changes while it is being asked is asked again", async () => {
  await using ollama = await startScriptedOllama();
  const held = Promise.withResolvers<{ write(text: string): void }>();
  ollama.answers.tags = held.resolve;
  const reading = ollama.reader.read(LONG);
  const socket = await held.promise;
  ollama.reader.inventoryChanged();
  socket.write(answerOf('{"models":[]}'));
  expect((await reading).installed).toEqual([]);
  ollama.answers.tags = { models: [] };
  ollama.asked();
  await ollama.reader.read(LONG);
  expect(ollama.asked()).toEqual(["ps", "tags"]);
});

test("The version is asked when ps fails, and a new one takes the place of the old", async () => {
  await using ollama = await startScriptedOllama();
  expect((await ollama.reader.read(LONG)).version).toBe("0.24.0");
  ollama.answers.version = { version: "0.25.0" };
  expect((await ollama.reader.read(LONG)).version).toBe("0.24.0");
  ollama.asked();
  ollama.answers.ps = "no list";
  const { up, version, loaded, probes } = await ollama.reader.read(LONG);
  expect(ollama.asked()).toEqual(["ps", "version"]);
  expect({ up, version, loaded }).toEqual({ up: true, version: "0.25.0", loaded: undefined });
  expect([...probes].map(([endpoint, { success }]) => [endpoint, success])).toEqual([
    ["ps", false],
    ["tags", true],
    ["version", true],
  ]);
});

test("What failed is asked again, but the longer it took, the later", async () => {
  await using ollama = await startScriptedOllama();
  ollama.answers.tags = (socket: { write(text: string): void }) => {
    ollama.pass(1000);
    socket.write(answerOf("{}"));
  };
  await ollama.reader.read(LONG);
  ollama.asked();
  ollama.pass(28_000);
  await ollama.reader.read(LONG);
  expect(ollama.asked()).toEqual(["ps"]);
  ollama.pass(2000);
  await ollama.reader.read(LONG);
  expect(ollama.asked()).toEqual(["ps", "tags"]);
});

test("An Ollama that comes back is asked for everything", async () => {
  await using ollama = await startScriptedOllama();
  const answers = { ...ollama.answers };
  await ollama.reader.read(LONG);
  Object.assign(ollama.answers, { ps: leave, tags: leave, version: leave });
  const { up, version, installed } = await ollama.reader.read(LONG);
  expect({ up, version, installed }).toEqual({
    up: false,
    version: undefined,
    installed: undefined,
  });
  ollama.asked();
  Object.assign(ollama.answers, answers);
  expect((await ollama.reader.read(LONG)).installed).toHaveLength(1);
  expect(ollama.asked()).toEqual(["ps", "tags", "version"]);
});

test("Ten reads at once are one probe", async () => {
  await using ollama = await startScriptedOllama();
  const states = await Promise.all(Array.from({ length: 10 }, () => ollama.reader.read(LONG)));
  expect(ollama.asked()).toEqual(["ps", "tags", "version"]);
  for (const state of states) expect(state).toEqual(states[0] as (typeof states)[0]);
  await ollama.reader.read(LONG);
  expect(ollama.asked()).toEqual(["ps"]);
});

test("Ollama is asked by its own name, uncompressed", async () => {
  await using ollama = await startScriptedOllama();
  await ollama.reader.read(LONG);
  for (const { request } of ollama.upstream.visits) {
    expect(fieldValues(request, "host")).toEqual([`127.0.0.1:${ollama.upstream.port}`]);
    expect(fieldValues(request, "accept-encoding")).toEqual(["identity"]);
    expect(request.body.length).toBe(0);
  }
});
