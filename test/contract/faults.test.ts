import { expect, test } from "bun:test";
import { exchange, openRawClient } from "../support/raw-client.ts";
import { scrape } from "../support/exposition.ts";
import { answerOf, chunkOf, type Visit } from "../support/raw-upstream.ts";
import { onEveryTarget } from "./stage.ts";

const CHUNKED =
  "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";
const ROUTES = ["/api/chat", "/api/generate", "/api/blobs/sha256:00"] as const;
const request = (route: string): string =>
  `POST ${route} HTTP/1.1\r\nHost: localhost\r\nContent-Length: 13\r\n\r\n{"model":"m"}`;

onEveryTarget("A fault", (stage) => {
  const nextVisit = (answer: (visit: Visit) => void): Promise<Visit> => {
    const { promise, resolve } = Promise.withResolvers<Visit>();
    stage.play((visit) => {
      answer(visit);
      resolve(visit);
    });
    return promise;
  };

  test.each(["closes", "resets", "speaks garbage"])(
    "before the answer's head gives 502: the upstream %s",
    async (how) => {
      stage.play(({ socket }) => {
        if (how === "closes") socket.end();
        else if (how === "resets") socket.resetAndDestroy();
        else socket.end("this is no HTTP\r\n\r\n");
      });
      const answer = await exchange(stage.url, request("/api/chat"));
      expect(answer.startLine).toStartWith("HTTP/1.1 502");
      const { error } = JSON.parse(answer.body.toString()) as { error: string };
      expect(error).toBe("Ollama cannot be reached through ollama-exporter");
    },
  );

  test.each(["101 Switching Protocols", "600 Odd", "999 Odd"])(
    "of a status that no answer can have gives 502: %s",
    async (status) => {
      stage.play(({ socket }) => socket.end(`HTTP/1.1 ${status}\r\nContent-Length: 0\r\n\r\n`));
      const answer = await exchange(stage.url, request("/api/chat"));
      expect(answer.startLine).toStartWith("HTTP/1.1 502");
    },
  );

  test.each(ROUTES)("in mid-answer on %s breaks the answer visibly", async (route) => {
    stage.play(({ socket }) => {
      socket.write(CHUNKED);
      socket.write(chunkOf("half an answer\n"), () => socket.resetAndDestroy());
    });
    using client = openRawClient(stage.url, request(route));
    const received = (await client.closed).toString();
    expect(received).not.toContain("\r\n0\r\n");
  });

  test.each(ROUTES)(
    "of the client before the answer on %s cancels the upstream's request",
    async (route) => {
      const visiting = nextVisit(() => {});
      using client = openRawClient(stage.url, request(route));
      const visit = await visiting;
      client.socket.destroy();
      await visit.closed;
    },
  );

  test.each(ROUTES)(
    "of the client in mid-answer on %s cancels the upstream's request",
    async (route) => {
      const visiting = nextVisit(({ socket }) => {
        socket.write(CHUNKED);
        socket.write(chunkOf("a line\n"));
      });
      using client = openRawClient(stage.url, request(route));
      await client.until((bytes) => bytes.includes("a line"));
      client.socket.destroy();
      await (
        await visiting
      ).closed;
    },
  );

  test("of the client after the final object costs no record", async () => {
    const final = '{"done":true,"eval_count":1}\n';
    const before =
      (await scrape(stage.url)).get('ollama_tokens_generated_total{model="m:latest"}') ?? 0;
    for (let i = 0; i < 50; i++) {
      const visiting = nextVisit(({ socket }) => {
        socket.write(CHUNKED);
        socket.write(chunkOf(final));
      });
      using client = openRawClient(stage.url, request("/api/chat"));
      await client.until((bytes) => bytes.includes(final));
      client.socket.destroy();
      await (
        await visiting
      ).closed;
    }
    const after = (await scrape(stage.url)).get('ollama_tokens_generated_total{model="m:latest"}');
    expect(after).toBe(before + 50);
  });

  test("leaves the exporter healthy", async () => {
    stage.play(({ socket }) => socket.end(answerOf("fine")));
    expect((await exchange(stage.url, request("/api/chat"))).body.toString()).toBe("fine");
    expect(stage.exporter.stderr()).not.toContain("astray");
  });
});
