import { expect, test } from "bun:test";
import { scrape } from "../support/exposition.ts";
import { openRawClient } from "../support/raw-client.ts";
import { startProxy } from "../support/proxy.ts";
import { chunkOf, startRawUpstream } from "../support/raw-upstream.ts";
import { chatRequest, FINAL, LAST_CHUNK, streamHead } from "./chat-request.ts";

test.each(["//api/chat", "/api/%63hat", "/./api/chat", "/api/chat?a=b"])(
  "A chat that is spelled %s, as Ollama understands it, is counted",
  async (target) => {
    const answer = Buffer.concat([
      Buffer.from(streamHead()),
      chunkOf(FINAL),
      Buffer.from(LAST_CHUNK),
    ]);
    await using upstream = await startRawUpstream(({ socket }) => void socket.end(answer));
    await using proxy = await startProxy(upstream.url);

    using client = openRawClient(proxy.url, chatRequest("m").replace("/api/chat", target));
    await client.until((received) => received.includes('"done":true'));

    await proxy.endings(1);
    const samples = await scrape(proxy.url);
    expect(samples.get('ollama_requests_total{model="m:latest"}')).toBe(1);
  },
);
