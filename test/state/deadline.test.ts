import { describe, expect, test } from "bun:test";
import type { Socket } from "node:net";
import type { OllamaState, ProbedEndpoint } from "../../src/ollama-state.ts";
import { answerOf } from "../support/raw-upstream.ts";
import { type ScriptedOllama, startScriptedOllama } from "./scripted-ollama.ts";

/** Milliseconds; short, since a silent Ollama makes each read take as long, and more than answers take. */
const SOON = 300;
const LONG = 2000;

const silent = (): void => {};

const successes = ({ probes }: OllamaState): Record<string, boolean> =>
  Object.fromEntries([...probes].map(([endpoint, { success }]) => [endpoint, success]));

function everyEndpoint(ollama: ScriptedOllama, script: (socket: Socket) => void): void {
  for (const endpoint of Object.keys(ollama.answers)) {
    ollama.answers[endpoint as ProbedEndpoint] = script;
  }
}

const HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n";

describe.each([
  ["nothing", "", false],
  ["half a head", "HTTP/1.1 200 OK\r\nContent-Le", false],
  ["a head alone", HEAD, true],
  ["half a body", `${HEAD}{"models":[`, true],
])("An Ollama that answers %s", (_, answer, up) => {
  test("is waited for until the deadline, and left", async () => {
    await using ollama = await startScriptedOllama();
    everyEndpoint(ollama, (socket) => void socket.write(answer));
    const state = await ollama.reader.read(SOON);
    expect(state.up).toBe(up);
    expect(successes(state)).toEqual({ ps: false, tags: false, version: false });
    expect([state.loaded, state.installed, state.version]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    await Promise.all(ollama.upstream.visits.map(({ closed }) => closed));
  });

  test("does not make reads pile up", async () => {
    await using ollama = await startScriptedOllama();
    everyEndpoint(ollama, (socket) => void socket.write(answer));
    for (let round = 0; round < 3; round++) {
      await Promise.all(Array.from({ length: 10 }, () => ollama.reader.read(SOON)));
      // What was asked is over before anything else is asked.
      await Promise.all(ollama.upstream.visits.map(({ closed }) => closed));
    }
    expect(ollama.upstream.connections()).toBeLessThanOrEqual(9);
  });
});

test("What answers is told, whatever else is silent", async () => {
  await using ollama = await startScriptedOllama();
  ollama.answers.tags = silent;
  const state = await ollama.reader.read(SOON);
  expect(successes(state)).toEqual({ ps: true, tags: false, version: true });
  expect(state.loaded).toHaveLength(1);
  expect(state.installed).toBeUndefined();
});

test("A ps that is silent, as while a model is loaded, leaves time to ask for the version", async () => {
  await using ollama = await startScriptedOllama();
  await ollama.reader.read(LONG);
  ollama.answers.ps = silent;
  ollama.asked();
  const state = await ollama.reader.read(SOON);
  expect(ollama.asked()).toEqual(["ps", "version"]);
  expect(state.up).toBe(true);
  expect(successes(state)).toEqual({ ps: false, tags: true, version: true });
  expect(state.installed).toHaveLength(1);
});

test("Who has less time leaves earlier, and the other still gets all", async () => {
  await using ollama = await startScriptedOllama();
  const held = Promise.withResolvers<Socket>();
  ollama.answers.ps = held.resolve;
  const patient = ollama.reader.read(LONG);
  const hasty = await ollama.reader.read(SOON);
  expect(successes(hasty)).toEqual({ ps: false, tags: true, version: true });
  (await held.promise).write(answerOf('{"models":[]}'));
  const all = await patient;
  expect(successes(all)).toEqual({ ps: true, tags: true, version: true });
  expect(all.loaded).toEqual([]);
});

test("Who has less time joins a probe, and the version is asked in time for both", async () => {
  await using ollama = await startScriptedOllama();
  await ollama.reader.read(LONG);
  ollama.asked();
  const held = Promise.withResolvers<Socket>();
  ollama.answers.ps = held.resolve;
  const patient = ollama.reader.read(LONG);
  const socket = await held.promise;
  const hasty = await ollama.reader.read(SOON);
  expect(hasty).toMatchObject({ up: true, version: "0.24.0" });
  expect(successes(hasty)).toEqual({ ps: false, tags: true, version: true });
  socket.write(answerOf('{"models":[]}'));
  expect(await patient).toMatchObject({ up: true, version: "0.24.0", loaded: [] });
  expect(ollama.asked()).toEqual(["ps", "version"]);
});

test("An Ollama that is down fails at once", async () => {
  await using ollama = await startScriptedOllama();
  await ollama.upstream.stop();
  const state = await ollama.reader.read(LONG);
  expect(state).toMatchObject({ up: false });
  expect(successes(state)).toEqual({ ps: false, tags: false, version: false });
});

test("An answer without end is left when it has become too large", async () => {
  await using ollama = await startScriptedOllama();
  let sent = 0;
  const flood = (socket: Socket): void => {
    const piece = Buffer.alloc(64 * 1024, " ");
    const more = (): void => {
      while (!socket.destroyed && socket.write(piece)) sent += piece.length;
      sent += piece.length;
    };
    socket.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n");
    socket.on("drain", more);
    more();
  };
  ollama.answers.ps = flood;
  const state = await ollama.reader.read(LONG);
  expect(state.up).toBe(true);
  expect(successes(state)).toEqual({ ps: false, tags: true, version: true });
  await Promise.all(ollama.upstream.visits.map(({ closed }) => closed));
  expect(sent).toBeLessThan(64 * 1024 * 1024);
});
