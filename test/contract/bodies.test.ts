import { expect, test } from "bun:test";
import { fieldValues } from "../support/http-message.ts";
import { exchange, openRawClient } from "../support/raw-client.ts";
import { scrape } from "../support/exposition.ts";
import { isOwnQuestion } from "../support/own-questions.ts";
import { answerOf, chunkOf } from "../support/raw-upstream.ts";
import { onEveryTarget, type Stage } from "./stage.ts";

const MiB = 1024 * 1024;
const ROUTES = ["/api/chat", "/api/generate", "/api/blobs/sha256:00"] as const;
const BODY = '{"messages":[{"role":"user","content":"naïve café"}],"model":"m"}';

const post = (target: string, fields: string, body: string | Buffer): Buffer =>
  Buffer.concat([
    Buffer.from(`POST ${target} HTTP/1.1\r\nHost: localhost\r\n${fields}\r\n\r\n`),
    Buffer.from(body),
  ]);

/** Connections that the exporter has opened for clients, and not for its own questions. */
function clients({ upstream }: Stage): number {
  return (
    upstream.connections() - upstream.visits.filter((one) => isOwnQuestion(one.request)).length
  );
}

onEveryTarget("A request body", (stage) => {
  test.each(ROUTES)(
    "with a length goes to %s byte for byte and with that length",
    async (route) => {
      stage.play(({ socket }) => socket.end(answerOf("ok")));
      const length = Buffer.byteLength(BODY);
      await exchange(stage.url, post(route, `Content-Length: ${length}`, BODY));
      const { request } = stage.upstream.visits.at(-1)!;
      expect(request.body.toString()).toBe(BODY);
      expect(fieldValues(request, "content-length")).toEqual([String(length)]);
      expect(fieldValues(request, "transfer-encoding")).toEqual([]);
    },
  );

  test.each(ROUTES)("that comes in pieces keeps its length on the way to %s", async (route) => {
    const arrived = Promise.withResolvers<void>();
    stage.play(({ socket }) => {
      socket.end(answerOf("ok"));
      arrived.resolve();
    });
    const length = Buffer.byteLength(BODY);
    using client = openRawClient(
      stage.url,
      post(route, `Content-Length: ${length}`, BODY.slice(0, 9)),
    );
    // The exporter has the first piece for sure once another exchange with it is over.
    await fetch(`${stage.url}/metrics`);
    client.socket.write(BODY.slice(9));
    await arrived.promise;
    const { request } = stage.upstream.visits.at(-1)!;
    expect(request.body.toString()).toBe(BODY);
    expect(fieldValues(request, "content-length")).toEqual([String(length)]);
  });

  test.each(ROUTES)("that has its length twice keeps it on the way to %s", async (route) => {
    stage.play(({ socket }) => socket.end(answerOf("ok")));
    const length = `Content-Length: ${Buffer.byteLength(BODY)}`;
    const answer = await exchange(stage.url, post(route, `${length}\r\n${length}`, BODY));
    // Deno refuses it.
    if (answer.startLine.includes(" 400 ")) return;
    expect(fieldValues(stage.upstream.visits.at(-1)!.request, "content-length")).toEqual([
      String(Buffer.byteLength(BODY)),
    ]);
  });

  test.each(ROUTES)("that is chunked stays chunked on the way to %s", async (route) => {
    stage.play(({ socket }) => socket.end(answerOf("ok")));
    const chunks = [chunkOf(BODY.slice(0, 30)), chunkOf(BODY.slice(30)), Buffer.from("0\r\n\r\n")];
    await exchange(stage.url, post(route, "Transfer-Encoding: chunked", Buffer.concat(chunks)));
    const { request } = stage.upstream.visits.at(-1)!;
    expect(request.body.toString()).toBe(BODY);
    expect(request.framing).toBe("chunked");
    expect(fieldValues(request, "content-length")).toEqual([]);
  });

  test("of a chat goes upstream as soon as the model is known", async () => {
    const { promise: connected, resolve } = Promise.withResolvers<void>();
    const before = clients(stage);
    stage.play(({ socket }) => socket.end(answerOf("ok")));
    const start = '{"model":"early","messages":[';
    using client = openRawClient(stage.url, post("/api/chat", "Content-Length: 1000", start));
    const counted = async (): Promise<number> =>
      (await scrape(stage.url)).get('ollama_requests_total{model="early:latest"}') ?? 0;
    while ((await counted()) === 0) await Promise.resolve();
    while (clients(stage) === before) await fetch(`${stage.url}/-/healthy`);
    resolve();
    await connected;
    client.socket.write(`${" ".repeat(1000 - start.length - 2)}]}`);
    await client.until((bytes) => bytes.includes("ok"));
    expect(stage.upstream.visits.at(-1)?.request.body.length).toBe(1000);
  });

  test.each(ROUTES)(
    "that its client breaks off on the way to %s is no fault of the upstream",
    async (route) => {
      stage.play(({ socket }) => socket.end(answerOf("ok")));
      const before = clients(stage);
      const start = '{"model":"m","messages":[';
      using client = openRawClient(stage.url, post(route, "Content-Length: 100", start));
      while (clients(stage) === before) await fetch(`${stage.url}/-/healthy`);
      client.socket.destroy();
      // By the time that another exchange is over, this one is too.
      await exchange(stage.url, post(route, "Content-Length: 2", "{}"));
      await scrape(stage.url);
      expect(stage.exporter.stderr()).not.toContain("cannot be reached");
    },
  );

  test("of a chat whose model comes after 20 MiB is counted under it", async () => {
    stage.play(({ socket }) => socket.end(answerOf("ok")));
    const body = `{"images":["${"A".repeat(20 * MiB)}"],"model":"late"}`;
    await (await fetch(`${stage.url}/api/chat`, { method: "POST", body })).text();
    expect(stage.upstream.visits.at(-1)?.request.body.equals(Buffer.from(body))).toBeTrue();
    expect((await scrape(stage.url)).get('ollama_requests_total{model="late:latest"}')).toBe(1);
  });

  test("of a chat that exceeds 64 MiB before its model streams through and counts as unknown", async () => {
    stage.play(({ socket }) => socket.end(answerOf("ok")));
    const before = (await scrape(stage.url)).get('ollama_requests_total{model="unknown"}') ?? 0;
    const body = Buffer.from(`{"images":["${"A".repeat(70 * MiB)}"],"model":"too-late"}`);
    await (await fetch(`${stage.url}/api/chat`, { method: "POST", body })).text();
    expect(stage.upstream.visits.at(-1)?.request.body.equals(body)).toBeTrue();
    const samples = await scrape(stage.url);
    expect(samples.get('ollama_requests_total{model="unknown"}')).toBe(before + 1);
    expect(samples.has('ollama_requests_total{model="too-late:latest"}')).toBeFalse();
  }, 20_000);
});
