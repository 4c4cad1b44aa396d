import { describe, expect, test } from "bun:test";
import { parseUpstream } from "../../src/cli/upstream-address.ts";
import { createUpstream, type Outgoing, type Upstream } from "../../src/proxy/upstream.ts";
import { bun } from "../../src/runtime/bun.ts";
import { twinServers } from "../support/twin-servers.ts";

const get = (signal: AbortSignal = new AbortController().signal): Outgoing => ({
  method: "GET",
  headers: new Headers(),
  body: null,
  signal,
});

const upstreamAt = (url: string): Upstream => createUpstream(parseUpstream(url, "test"), bun.send);

async function ask(upstream: Upstream): Promise<string> {
  const answer = await upstream.send("/x", get()).catch(() => undefined);
  return answer ? answer.text() : "nobody";
}

describe("an upstream called localhost", () => {
  test.each(["ipv4", "ipv6"] as const)("is found on %s alone", async (family) => {
    await using servers = twinServers();
    servers.start(family);
    const upstream = upstreamAt(`http://localhost:${servers.port}`);
    expect(await ask(upstream)).toBe(`${family} /x`);
  });

  test("is the one on 127.0.0.1 if both are there", async () => {
    await using servers = twinServers();
    servers.start("ipv6");
    servers.start("ipv4");
    expect(await ask(upstreamAt(`http://localhost:${servers.port}`))).toBe("ipv4 /x");
  });

  test("is kept where it was found, though another one comes up", async () => {
    await using servers = twinServers();
    servers.start("ipv6");
    const upstream = upstreamAt(`http://localhost:${servers.port}`);
    expect(await ask(upstream)).toBe("ipv6 /x");
    servers.start("ipv4");
    for (let i = 0; i < 5; i++) expect(await ask(upstream)).toBe("ipv6 /x");
  });

  test("is looked up anew after it has failed", async () => {
    await using servers = twinServers();
    servers.start("ipv6");
    const upstream = upstreamAt(`http://localhost:${servers.port}`);
    expect(await ask(upstream)).toBe("ipv6 /x");
    await servers.stop("ipv6");
    servers.start("ipv4");
    expect(await ask(upstream)).toBe("nobody");
    expect(await ask(upstream)).toBe("ipv4 /x");
    await servers.stop("ipv4");
    servers.start("ipv6");
    expect(await ask(upstream)).toBe("nobody");
    expect(await ask(upstream)).toBe("ipv6 /x");
  });

  test("is found once it comes up", async () => {
    await using servers = twinServers();
    const upstream = upstreamAt(`http://localhost:${servers.port}`);
    expect(await ask(upstream)).toBe("nobody");
    expect(await ask(upstream)).toBe("nobody");
    servers.start("ipv6");
    expect(await ask(upstream)).toBe("ipv6 /x");
  });

  test("is found by many requests at once", async () => {
    await using servers = twinServers();
    servers.start("ipv6");
    const upstream = upstreamAt(`http://localhost:${servers.port}`);
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(upstream)));
    expect(new Set(answers)).toEqual(new Set(["ipv6 /x"]));
  });

  test("is not lost by a client that leaves", async () => {
    await using servers = twinServers();
    servers.start("ipv6");
    const upstream = upstreamAt(`http://localhost:${servers.port}`);
    expect(await ask(upstream)).toBe("ipv6 /x");
    servers.start("ipv4");
    const aborted = upstream.send("/x", get(AbortSignal.abort()));
    expect(await aborted.catch(() => "aborted")).toBe("aborted");
    expect(await ask(upstream)).toBe("ipv6 /x");
  });
});

test("an upstream with an address is never looked for elsewhere", async () => {
  await using servers = twinServers();
  servers.start("ipv6");
  expect(await ask(upstreamAt(`http://127.0.0.1:${servers.port}`))).toBe("nobody");
  expect(await ask(upstreamAt(`http://[::1]:${servers.port}`))).toBe("ipv6 /x");
});

test("a base path stands before every target", async () => {
  await using servers = twinServers();
  servers.start("ipv4");
  for (const name of ["localhost", "127.0.0.1"]) {
    const upstream = upstreamAt(`http://${name}:${servers.port}/ollama/`);
    expect(await ask(upstream)).toBe("ipv4 /ollama/x");
  }
});

/** Where requests would be sent, without sending them. */
async function urlOf(address: string, target: string): Promise<string> {
  const urls: string[] = [];
  const upstream = createUpstream(parseUpstream(address, "test"), (url) => {
    urls.push(url);
    return Promise.resolve(new Response());
  });
  await upstream.send(target, get());
  return urls.join();
}

test.each([
  ["http://gpu-box", "/api/chat?a=b", "http://gpu-box:80/api/chat?a=b"],
  ["gpu-box", "/", "http://gpu-box:11434/"],
  ["http://gpu-box:1/p", "//evil/x", "http://gpu-box:1/p//evil/x"],
  ["http://gpu-box:1", "//evil/x", "http://gpu-box:1//evil/x"],
  ["http://gpu-box:1", "/@evil/x", "http://gpu-box:1/@evil/x"],
  ["http://[2001:db8::1]:1", "/x", "http://[2001:db8::1]:1/x"],
  ["https://localhost:1", "/x", "https://localhost:1/x"],
])("a request to %s for %s goes to %s", async (address, target, url) => {
  expect(await urlOf(address, target)).toBe(url);
});

test.each([
  ["http://gpu-box:11434/base", "gpu-box:11434"],
  ["http://gpu-box", "gpu-box"],
  ["https://gpu-box", "gpu-box"],
  ["http://localhost:1", "localhost:1"],
  ["http://[::1]:1", "[::1]:1"],
])("the Host field for %s is %s", (address, host) => {
  expect(upstreamAt(address).host).toBe(host);
});
