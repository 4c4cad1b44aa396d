import { expect, test } from "bun:test";
import { freePort } from "../../scripts/demo/free-port.ts";
import { runProgram } from "../support/exporter.ts";
import { startOllamaProcess } from "./ollama-process.ts";
import { beginChat } from "./streamed-chat.ts";

/** As the README has it. */
const WORDS = "--listen 127.0.0.1:11434 --upstream http://127.0.0.1:11435";

/** Ollama's own port and the one that it is moved to; those of this machine may be taken. */
async function ports() {
  const own = await freePort(21_434);
  const moved = await freePort(own + 1);
  const real = (text: string) => text.replaceAll("11434", `${own}`).replaceAll("11435", `${moved}`);
  return { own, moved, real, url: `http://127.0.0.1:${own}` };
}

/** A chat by a client that knows nothing of an exporter. */
async function chat(url: string): Promise<void> {
  const { rest } = await beginChat(url, 3);
  expect(await rest()).toContain('"done_reason":"length"');
}

async function requests(url: string): Promise<number> {
  const page = await (await fetch(`${url}/metrics`)).text();
  return Number(/^ollama_requests_total\{model="llama3\.2:latest"\} (\d+)$/m.exec(page)?.[1]);
}

test("a client that is changed in nothing is measured when the exporter has Ollama's port", async () => {
  const { own, moved, real, url } = await ports();
  {
    await using ollama = await startOllamaProcess(own);
    await chat(ollama.url);
  }
  {
    await using ollama = await startOllamaProcess(moved);
    expect(real(WORDS)).toEndWith(` ${ollama.url}`);
    await using exporter = runProgram({ args: real(WORDS).split(" ") });
    await exporter.says(/Ollama \S+ answers/);
    await chat(url);
    expect(await requests(url)).toBe(1);
    exporter.signal("SIGTERM");
    expect((await exporter.exited).code).toBe(0);
  }
  await using ollama = await startOllamaProcess(own);
  expect(ollama.url).toBe(url);
  await chat(url);
});

test("where OLLAMA_HOST moves Ollama for all programs, it tells the exporter where that is", async () => {
  const { moved, real, url } = await ports();
  await using ollama = await startOllamaProcess(moved);
  const [listen = ""] = real(WORDS).split(" --upstream");
  const env = { OLLAMA_HOST: new URL(ollama.url).host };
  await using exporter = runProgram({ args: listen.split(" "), env });
  await exporter.says(/Ollama \S+ answers/);
  await chat(url);
  expect(await requests(url)).toBe(1);
});

test("as long as Ollama has its own port, the exporter says that it is taken", async () => {
  const { own, real } = await ports();
  await using ollama = await startOllamaProcess(own);
  await using exporter = runProgram({ args: real(WORDS).split(" ") });
  const { code, stderr } = await exporter.exited;
  expect(stderr).toContain(new URL(ollama.url).host);
  expect(code).toBe(1);
});
