import { expect, test } from "bun:test";
import { startExporter } from "../support/exporter.ts";
import { exchange } from "../support/raw-client.ts";
import { fieldValues } from "../support/http-message.ts";
import { startOllama } from "./ollama.ts";
import { get, post } from "./raw-request.ts";
import { freePort, hasIpv6 } from "./tcp.ts";

const CHAT = post("/api/chat", '{"model":"llama3.2","messages":[{"role":"user","content":"?"}]}');

test.each(["127.0.0.1:PORT", "localhost:PORT", "nowhere.invalid:PORT"])(
  "an upstream %s that is down is answered for in Ollama's shape",
  async (spelling) => {
    const port = String(await freePort());
    const upstream = spelling.replace("PORT", port);
    await using exporter = await startExporter({ upstream, args: [] });
    for (const request of [get("/api/tags"), CHAT, post("/api/generate", "{}")]) {
      const answer = await exchange(exporter.url, request);
      expect(answer.startLine).toBe("HTTP/1.1 502 Bad Gateway");
      expect(fieldValues(answer, "content-type")).toEqual(["application/json; charset=utf-8"]);
      const body = JSON.parse(String(answer.body)) as Record<string, unknown>;
      expect(Object.keys(body)).toEqual(["error"]);
      expect(body["error"]).toBeString();
      const whole = JSON.stringify([answer.fields, body]);
      for (const leak of [port, upstream.split(":")[0] ?? "", "ECONN", "src/"]) {
        expect(whole).not.toContain(leak);
      }
    }
  },
);

test.each(["127.0.0.1", "localhost"])("an upstream on %s works when it comes up", async (name) => {
  const port = await freePort();
  await using exporter = await startExporter({ upstream: `${name}:${port}`, args: [] });
  await exporter.says(/the upstream does not answer/);
  expect((await fetch(`${exporter.url}/api/tags`)).status).toBe(502);
  await using ollama = startOllama({ port });
  expect((await fetch(`${exporter.url}/api/tags`)).status).toBe(200);
  const answer = await exchange(exporter.url, CHAT);
  expect(answer.startLine).toBe("HTTP/1.1 200 OK");
  expect(String(answer.body)).toContain('"done":true');
  expect(ollama.tally["/api/chat"]["llama3.2:latest"]?.finished).toBe(1);
});

test("an upstream that went away is missed and found again", async () => {
  const port = await freePort();
  await using exporter = await startExporter({ upstream: `127.0.0.1:${port}`, args: [] });
  for (let round = 0; round < 3; round++) {
    await using ollama = startOllama({ port });
    expect((await fetch(`${exporter.url}/api/tags`)).status).toBe(200);
    await ollama.stop();
    expect((await fetch(`${exporter.url}/api/tags`)).status).toBe(502);
  }
});

test.skipIf(!hasIpv6)("localhost is found on the family where it answers", async () => {
  for (const hostname of ["127.0.0.1", "::1"]) {
    await using ollama = startOllama({ hostname });
    await using exporter = await startExporter({ upstream: `localhost:${ollama.port}`, args: [] });
    await exporter.says(/Ollama 0\.24\.0 answers/);
    expect((await fetch(`${exporter.url}/api/tags`)).status).toBe(200);
  }
});

test.skipIf(!hasIpv6)("localhost is looked for anew when it has moved", async () => {
  await using first = startOllama({ hostname: "127.0.0.1" });
  const { port } = first;
  await using exporter = await startExporter({ upstream: `localhost:${port}`, args: [] });
  await exporter.says(/Ollama 0\.24\.0 answers/);
  await first.stop();
  await using second = startOllama({ hostname: "::1", port });
  expect(second.port).toBe(port);
  // The first request may be the one that finds out.
  await fetch(`${exporter.url}/api/tags`);
  expect((await fetch(`${exporter.url}/api/tags`)).status).toBe(200);
});
