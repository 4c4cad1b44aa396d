import { expect, test } from "bun:test";
import { startExporter } from "../support/exporter.ts";
import { exchange } from "../support/raw-client.ts";
import { answerOf, startRawUpstream } from "../support/raw-upstream.ts";
import { startOllama } from "./ollama.ts";
import { get, post } from "./raw-request.ts";
import { freePort } from "./tcp.ts";

const VARIABLES = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"].flatMap((name) => [
  name,
  name.toLowerCase(),
]);

/** All variables at once, as those who set them do. */
function through(proxy: string): Record<string, string> {
  return Object.fromEntries(VARIABLES.map((name) => [name, proxy]));
}

test.each(["127.0.0.1", "localhost"])(
  "an upstream on %s is reached directly whatever the proxy variables say",
  async (host) => {
    await using proxy = await startRawUpstream(({ socket }) => socket.write(answerOf("proxied")));
    await using ollama = startOllama();
    const upstream = `${host}:${ollama.port}`;
    await using exporter = await startExporter({ upstream, args: [], env: through(proxy.url) });
    await exporter.says(/Ollama 0\.24\.0 answers/);
    const chat = '{"model":"llama3.2","messages":[{"role":"user","content":"?"}]}';
    for (const request of [get("/api/tags"), post("/api/chat", chat), get("/api/version")]) {
      expect((await exchange(exporter.url, request)).startLine).toBe("HTTP/1.1 200 OK");
    }
    expect(ollama.tally["/api/chat"]["llama3.2:latest"]?.finished).toBe(1);
    expect(proxy.connections()).toBe(0);
  },
);

test.each(["http", "https"])(
  "an %s upstream that is down is not sought at the proxy",
  async (scheme) => {
    await using proxy = await startRawUpstream(({ socket }) => socket.write(answerOf("proxied")));
    const upstream = `${scheme}://127.0.0.1:${await freePort()}`;
    await using exporter = await startExporter({ upstream, args: [], env: through(proxy.url) });
    await exporter.says(/the upstream does not answer/);
    const { startLine } = await exchange(exporter.url, get("/api/tags"));
    expect(startLine).toBe("HTTP/1.1 502 Bad Gateway");
    expect(proxy.connections()).toBe(0);
  },
);
