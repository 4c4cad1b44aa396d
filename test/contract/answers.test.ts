import { expect, test } from "bun:test";
import { brotliCompressSync, gzipSync, zstdCompressSync } from "node:zlib";
import { fieldValues } from "../support/http-message.ts";
import { exchange, openRawClient } from "../support/raw-client.ts";
import { scrape } from "../support/exposition.ts";
import { answerOf, chunkOf } from "../support/raw-upstream.ts";
import { onEveryTarget } from "./stage.ts";

const GET =
  "GET /api/tags HTTP/1.1\r\nHost: localhost\r\nX-Kept: 1\r\nAccept: */*\r\nUser-Agent: test\r\n";
const CHUNKED =
  "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";
const FINAL = '{"model":"z","done":true,"total_duration":1000000000,"eval_count":5}\n';

const chatRequest = (model: string): string => {
  const body = `{"model":"${model}"}`;
  return `POST /api/chat HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
};

onEveryTarget("An answer", (stage) => {
  test("loses its hop-by-hop fields, as the request does", async () => {
    stage.play(({ socket }) =>
      socket.end(
        answerOf("ok", {
          fields: [
            "Connection: x-hop",
            "X-Hop: 1",
            "Keep-Alive: 5",
            "Set-Cookie: a=1",
            "Set-Cookie: b=2",
            "X-End: 1",
          ],
        }),
      ),
    );
    const answer = await exchange(
      stage.url,
      `${GET}Connection: keep-alive, X-Mine\r\nX-Mine: 1\r\nTE: trailers\r\nProxy-Authorization: x\r\nUpgrade: h2c\r\n\r\n`,
    );
    expect(fieldValues(answer, "x-hop")).toEqual([]);
    expect(fieldValues(answer, "x-end")).toEqual(["1"]);
    expect(fieldValues(answer, "set-cookie")).toEqual(["a=1", "b=2"]);
    const { request } = stage.upstream.visits.at(-1)!;
    for (const name of ["x-mine", "te", "proxy-authorization", "upgrade", "transfer-encoding"]) {
      expect(fieldValues(request, name)).toEqual([]);
    }
    expect(fieldValues(request, "x-kept")).toEqual(["1"]);
    expect(fieldValues(request, "host")).toEqual([new URL(stage.upstream.url).host]);
    expect(fieldValues(request, "accept-encoding")).toEqual([]);
    expect(fieldValues(request, "user-agent")).toEqual(["test"]);
  });

  test("without a content type gets none", async () => {
    stage.play(({ socket }) => socket.end(answerOf("ok")));
    expect(fieldValues(await exchange(stage.url, `${GET}\r\n`), "content-type")).toEqual([]);
    stage.play(({ socket }) =>
      socket.end("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"),
    );
    expect(fieldValues(await exchange(stage.url, `${GET}\r\n`), "content-type")).toEqual([]);
  });

  test("that redirects is handed on, not followed", async () => {
    const fields = ["Location: /elsewhere"];
    stage.play(({ socket }) =>
      socket.end(answerOf("", { status: "307 Temporary Redirect", fields })),
    );
    const before = stage.upstream.visits.length;
    const answer = await exchange(stage.url, `${GET}\r\n`);
    expect(answer.startLine).toStartWith("HTTP/1.1 307");
    expect(fieldValues(answer, "location")).toEqual(["/elsewhere"]);
    expect(stage.upstream.visits.length).toBe(before + 1);
  });

  test("that comes whole keeps its length", async () => {
    for (const body of ["", "ok", "x".repeat(2000), "x".repeat(16_000)]) {
      stage.play(({ socket }) => socket.end(answerOf(body)));
      const answer = await exchange(stage.url, `${GET}\r\n`);
      expect(fieldValues(answer, "content-length")).toEqual([String(body.length)]);
      expect(answer.body.toString()).toBe(body);
    }
  });

  test("that is chunked stays chunked, however short it is", async () => {
    for (const body of ["x", "x".repeat(200), "x".repeat(2000)]) {
      stage.play(({ socket }) => {
        socket.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        socket.end(Buffer.concat([chunkOf(body), Buffer.from("0\r\n\r\n")]));
      });
      const answer = await exchange(stage.url, `${GET}\r\n`);
      expect(answer.framing).toBe("chunked");
      expect(answer.body.toString()).toBe(body);
    }
  });

  test("with a length that comes in two parts streams at once", async () => {
    const more = Promise.withResolvers<void>();
    stage.play(async ({ socket }) => {
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nfirst");
      await more.promise;
      socket.end("after");
    });
    using client = openRawClient(stage.url, `${GET}\r\n`);
    await client.until((bytes) => bytes.includes("first"));
    more.resolve();
    await client.until((bytes) => bytes.includes("after"));
  });

  test.each(["/api/chat", "/api/generate"])("on %s is passed on chunk by chunk", async (route) => {
    const turns = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
    stage.play(async ({ socket }) => {
      socket.write(CHUNKED);
      for (const [i, turn] of turns.entries()) {
        await turn.promise;
        socket.write(chunkOf(`line ${i}\n`));
      }
      socket.end("0\r\n\r\n");
    });
    using client = openRawClient(stage.url, chatRequest("m").replace("/api/chat", route));
    for (const [i, turn] of turns.entries()) {
      turn.resolve();
      await client.until((bytes) => bytes.includes(`line ${i}\n`));
    }
    await client.until((bytes) => bytes.toString().endsWith("0\r\n\r\n"));
  });

  test.each([
    ["gzip", gzipSync],
    ["br", brotliCompressSync],
    ["zstd", zstdCompressSync],
  ] as const)(
    "compressed with %s passes as it is and is read from a copy",
    async (encoding, compress) => {
      const bytes = compress(Buffer.from(`{"done":false}\n${FINAL}`));
      const fields = `Content-Encoding: ${encoding}\r\nTransfer-Encoding: chunked`;
      stage.play(({ socket }) => {
        socket.write(`HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n${fields}\r\n\r\n`);
        socket.write(chunkOf(bytes.subarray(0, 10)));
        socket.end(Buffer.concat([chunkOf(bytes.subarray(10)), Buffer.from("0\r\n\r\n")]));
      });
      const answer = await exchange(stage.url, chatRequest(`packed-${encoding}`));
      expect(fieldValues(answer, "content-encoding")).toEqual([encoding]);
      expect(answer.body.equals(bytes)).toBeTrue();
      const series = `ollama_tokens_generated_total{model="packed-${encoding}:latest"}`;
      // The copy is decompressed on another thread.
      while (!(await scrape(stage.url)).has(series)) await Promise.resolve();
      expect((await scrape(stage.url)).get(series)).toBe(5);
    },
  );
});
