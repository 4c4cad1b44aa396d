import { expect, test } from "bun:test";
import { runProgram } from "../support/exporter.ts";
import { messages } from "./log-lines.ts";
import { startOllama } from "./ollama.ts";
import { hasIpv6 } from "./tcp.ts";

const WARNING = /whoever reaches .* can use, pull and delete models/g;
const HINT = "containers and other machines cannot reach this address: they need --listen :8000";

async function statuses(listen: string, hosts: readonly string[]): Promise<number[]> {
  await using ollama = startOllama();
  await using program = runProgram({ args: ["--listen", listen, "--upstream", ollama.url] });
  const [, port] = await program.says(/listens on \S*:(\d+) /);
  const urls = hosts.map((host) => `http://${host}:${port}/api/version`);
  return await Promise.all(urls.map(async (url) => (await fetch(url)).status));
}

test("an address without a host is reached over IPv4", async () => {
  expect(await statuses(":0", ["127.0.0.1", "localhost"])).toEqual([200, 200]);
});

test.skipIf(!hasIpv6).each([":0", "[::]:0"])("%s is reached over both families", async (listen) => {
  expect(await statuses(listen, ["127.0.0.1", "[::1]"])).toEqual([200, 200]);
});

test.skipIf(!hasIpv6)("[::1]:0 is reached over IPv6", async () => {
  expect(await statuses("[::1]:0", ["[::1]"])).toEqual([200]);
});

test("localhost:0 and a bare 0 are reached by 127.0.0.1", async () => {
  expect(await statuses("localhost:0", ["127.0.0.1"])).toEqual([200]);
  expect(await statuses("0", ["127.0.0.1"])).toEqual([200]);
});

async function startWith(listen: string, ...more: string[]): Promise<string> {
  await using ollama = startOllama();
  const args = ["--listen", listen, "--upstream", ollama.url, ...more];
  await using program = runProgram({ args });
  await program.says(/Ollama 0\.24\.0 answers\n/);
  return program.stderr();
}

test.each(["127.0.0.1:0", "localhost:0", "0"])(
  "%s brings the hint for other machines and no warning",
  async (listen) => {
    const log = await startWith(listen);
    expect(messages(log)).toContain(HINT);
    expect(log).not.toMatch(WARNING);
  },
);

test.each([":0", "0.0.0.0:0"])("%s brings the warning once and no hint", async (listen) => {
  const log = await startWith(listen);
  expect(log.match(WARNING)).toHaveLength(1);
  expect(log).toMatch(/WARN {2}whoever reaches/);
  expect(log).not.toContain("they need --listen");
  expect(log).toMatch(/point clients at http:\/\/127\.0\.0\.1:\d+\n/);
});

test("a metrics listener for everybody brings no warning about models", async () => {
  const log = await startWith("127.0.0.1:0", "--metrics-listen", ":0");
  expect(log).not.toMatch(WARNING);
});

test("two listeners for everybody bring one warning", async () => {
  const log = await startWith(":0", "--metrics-listen", ":0");
  expect(log.match(WARNING)).toHaveLength(1);
});
