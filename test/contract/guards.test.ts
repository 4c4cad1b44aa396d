import { expect, test } from "bun:test";
import { fieldValues } from "../support/http-message.ts";
import { exchange } from "../support/raw-client.ts";
import { answerOf } from "../support/raw-upstream.ts";
import { recordings } from "../support/recordings.ts";
import { onEveryTarget } from "./stage.ts";

const get = (host: string, path = "/api/tags", more = ""): string =>
  `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n${more}\r\n`;

onEveryTarget("The exporter on loopback", (stage) => {
  test.each(["host-foreign", "host-foreign-chat"])(
    "refuses a foreign Host as Ollama does and sends nothing upstream: %s",
    async (name) => {
      const recording = recordings().find((candidate) => candidate.name === name)!;
      stage.play(({ socket }) => socket.end(answerOf("upstream")));
      const before = stage.upstream.visits.length;
      const answer = await exchange(stage.url, recording.request);
      expect(answer.startLine).toBe("HTTP/1.1 403 Forbidden");
      expect(answer.body.length).toBe(0);
      expect(fieldValues(answer, "content-length")).toEqual(["0"]);
      expect(fieldValues(answer, "content-type")).toEqual([]);
      expect(stage.upstream.visits.length).toBe(before);
    },
  );

  test("refuses a foreign Host on its own path too", async () => {
    expect((await exchange(stage.url, get("evil.example", "/metrics"))).startLine).toContain(
      " 403 ",
    );
  });

  test.each([
    "localhost",
    "127.0.0.1:8000",
    "[::1]:8000",
    "192.168.7.7",
    "box.local",
    "a.internal",
  ])("lets the local Host %s pass", async (host) => {
    stage.play(({ socket }) => socket.end(answerOf("upstream")));
    const answer = await exchange(stage.url, get(host));
    expect(answer.body.toString()).toBe("upstream");
  });

  test("sends the upstream its own origin for a page that comes from the exporter", async () => {
    stage.play(({ socket }) => socket.end(answerOf("upstream")));
    await exchange(
      stage.url,
      get("localhost:8000", "/api/tags", "Origin: http://localhost:8000\r\n"),
    );
    const { request } = stage.upstream.visits.at(-1)!;
    expect(fieldValues(request, "origin")).toEqual([stage.upstream.url]);
    await exchange(
      stage.url,
      get("localhost:8000", "/api/tags", "Origin: http://evil.example\r\n"),
    );
    expect(fieldValues(stage.upstream.visits.at(-1)!.request, "origin")).toEqual([
      "http://evil.example",
    ]);
  });

  test.each([
    ["GET", "Content-Length: 2\r\nContent-Length: 2"],
    ["HEAD", "Content-Length: 2\r\nContent-Length: 2"],
    ["GET", "Content-Length: 0000000000000002"],
  ])("refuses a %s whose body is announced by %j", async (method, length) => {
    const before = stage.upstream.visits.length;
    const request = `${method} /api/tags HTTP/1.1\r\nHost: localhost\r\n${length}\r\n\r\n{}`;
    expect((await exchange(stage.url, request)).startLine).toContain(" 400 ");
    expect(stage.upstream.visits.length).toBe(before);
  });

  test.each(["GET", "HEAD"])("refuses a %s with a body, which would be lost", async (method) => {
    const before = stage.upstream.visits.length;
    const answer = await exchange(
      stage.url,
      `${method} /api/tags HTTP/1.1\r\nHost: x.local\r\nContent-Length: 2\r\n\r\n{}`,
    );
    expect(answer.startLine).toContain(" 400 ");
    expect(stage.upstream.visits.length).toBe(before);
  });
});
