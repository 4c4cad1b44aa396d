import { expect, test } from "bun:test";
import { createServer } from "node:net";
import { startProxy } from "../support/proxy.ts";
import { exchange } from "../support/raw-client.ts";
import { chunkOf } from "../support/raw-upstream.ts";

const ROUNDS = 100;

/** fetch hands the bytes to another thread in two parts, which it parts in 1 of 200 cases. */
const MOST_ALONE = 20;

/** Ollama misses that its client leaves when the last chunk comes by itself: it does not read on. */
test("The last chunk of a chat's body hardly ever reaches the upstream by itself if it came with the others", async () => {
  let alone = 0;
  const server = createServer((socket) => {
    let received = "";
    socket.on("error", () => {});
    socket.on("data", (data) => {
      if (String(data) === "0\r\n\r\n") alone++;
      received += String(data);
      if (received.endsWith("0\r\n\r\n"))
        socket.end("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  await using proxy = await startProxy(`http://127.0.0.1:${port}`);
  const head = "POST /api/chat HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n";
  const body = `{"model":"m","messages":[{"role":"user","content":"${"x".repeat(500)}"}]}`;
  try {
    for (let i = 0; i < ROUNDS; i++) {
      await exchange(proxy.url, `${head}${String(chunkOf(body))}0\r\n\r\n`);
    }
  } finally {
    server.close();
  }
  expect(alone).toBeLessThan(MOST_ALONE);
});
