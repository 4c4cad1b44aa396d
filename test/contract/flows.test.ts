import { expect, test } from "bun:test";
import { scrape, startingWith } from "../support/exposition.ts";
import { answerOf, chunkOf, type Visit } from "../support/raw-upstream.ts";
import { onEveryTarget } from "./stage.ts";

const HEAD =
  "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n";
const WORD = '{"model":"m","message":{"role":"assistant","content":"word"},"done":false}\n';
const FINAL =
  '{"model":"m","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop",' +
  '"total_duration":4000000000,"load_duration":500000000,"prompt_eval_count":26,' +
  '"prompt_eval_duration":250000000,"eval_count":60,"eval_duration":3000000000}';

const chat = (url: string, model: string, more = ""): Promise<Response> =>
  fetch(`${url}/api/chat`, { method: "POST", body: `{"model":"${model}","messages":[]${more}}` });

const streamed = ({ socket }: Visit): void => {
  socket.write(HEAD);
  socket.write(chunkOf(WORD));
  socket.end(Buffer.concat([chunkOf(`${FINAL}\n`), Buffer.from("0\r\n\r\n")]));
};

onEveryTarget("The exporter", (stage) => {
  test("GET /metrics answers with the exposition in Prometheus' text format", async () => {
    const answer = await fetch(`${stage.url}/metrics`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/plain; version=0.0.4; charset=utf-8");
    const page = await answer.text();
    expect(page).toContain("# TYPE ollama_requests_total counter");
    expect(page).toContain("process_start_time_seconds");
    expect(page).not.toContain("nodejs_");
  });

  test("HEAD /metrics answers with the head alone", async () => {
    const answer = await fetch(`${stage.url}/metrics?x=1`, { method: "HEAD" });
    expect(answer.headers.get("content-type")).toStartWith("text/plain");
    expect(Number(answer.headers.get("content-length"))).toBeGreaterThan(1000);
    expect(await answer.text()).toBe("");
  });

  test("another method on /metrics is forwarded", async () => {
    stage.play(({ socket }) => socket.end(answerOf("upstream's", { status: "404 Not Found" })));
    const answer = await fetch(`${stage.url}/metrics`, { method: "POST", body: "x" });
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe("upstream's");
    expect(stage.upstream.visits.at(-1)?.request.startLine).toBe("POST /metrics HTTP/1.1");
  });

  test("a chat request is counted before it is forwarded", async () => {
    const counted = Promise.withResolvers<number | undefined>();
    stage.play(async (visit) => {
      const samples = await scrape(stage.url);
      counted.resolve(samples.get('ollama_requests_total{model="first:latest"}'));
      streamed(visit);
    });
    await (await chat(stage.url, "first")).text();
    expect(await counted.promise).toBe(1);
  });

  test("a streamed chat's figures are recorded in seconds and tokens", async () => {
    stage.play(streamed);
    expect(await (await chat(stage.url, "streamed")).text()).toBe(`${WORD}${FINAL}\n`);
    const samples = await scrape(stage.url);
    const of = (name: string): number | undefined =>
      samples.get(`${name}{model="streamed:latest"}`);
    expect(of("ollama_requests_total")).toBe(1);
    expect(of("ollama_response_seconds_sum")).toBe(4);
    expect(of("ollama_response_seconds_count")).toBe(1);
    expect(of("ollama_load_duration_seconds_sum")).toBe(0.5);
    expect(of("ollama_prompt_eval_duration_seconds_sum")).toBe(0.25);
    expect(of("ollama_eval_duration_seconds_sum")).toBe(3);
    expect(of("ollama_tokens_processed_total")).toBe(26);
    expect(of("ollama_tokens_generated_total")).toBe(60);
    expect(of("ollama_tokens_per_second_sum")).toBe(20);
  });

  test("a chat that is not streamed is recorded alike", async () => {
    stage.play(({ socket }) =>
      socket.end(answerOf(FINAL, { fields: ["Content-Type: application/json"] })),
    );
    const answer = await chat(stage.url, "whole", ',"stream":false');
    expect(answer.headers.get("content-length")).toBe(String(FINAL.length));
    expect(await answer.text()).toBe(FINAL);
    const samples = await scrape(stage.url);
    expect(samples.get('ollama_response_seconds_sum{model="whole:latest"}')).toBe(4);
  });

  test("every spelling of a model is one series", async () => {
    stage.play(streamed);
    for (const name of [
      "spelt",
      "SPELT:latest",
      "registry.ollama.ai/library/spelt",
      " library/Spelt ",
    ]) {
      await (await chat(stage.url, name)).text();
    }
    const samples = await scrape(stage.url);
    expect(samples.get('ollama_requests_total{model="spelt:latest"}')).toBe(4);
  });

  test("a chat request without a readable model is counted as unknown and forwarded as it is", async () => {
    stage.play(({ socket }) => socket.end(answerOf("{}", { status: "400 Bad Request" })));
    const bodies = [
      "",
      "no json",
      '{"model": "cut", "messages": [',
      '{"model":7}',
      '["model"]',
      '{"model":"x",}',
    ];
    for (const body of bodies) {
      const answer = await fetch(`${stage.url}/api/chat`, { method: "POST", body });
      expect(answer.status).toBe(400);
      expect(stage.upstream.visits.at(-1)?.request.body.toString()).toBe(body);
    }
    const samples = await scrape(stage.url);
    expect(samples.get('ollama_requests_total{model="unknown"}')).toBe(bodies.length);
  });

  test("only an answer with status 200 is read", async () => {
    stage.play(({ socket }) =>
      socket.end(answerOf(FINAL, { status: "500 Internal Server Error" })),
    );
    expect((await chat(stage.url, "failed")).status).toBe(500);
    const samples = startingWith(
      await scrape(stage.url),
      'ollama_response_seconds_count{model="failed',
    );
    expect(samples).toEqual({});
  });

  test("everything else is forwarded and not measured, and a request for an answer is counted as that", async () => {
    stage.play(({ socket }) => socket.end(answerOf(FINAL, { status: "201 Created" })));
    const measured = async (): Promise<Record<string, number>> =>
      Object.fromEntries(
        Object.entries(startingWith(await scrape(stage.url), "ollama_")).filter(
          ([series]) => !series.startsWith("ollama_probe_duration_seconds"),
        ),
      );
    const before = await measured();
    const requests = [
      ["GET", "/api/tags?a=%2F&b="],
      ["DELETE", "/api/delete"],
      ["PUT", "/api/chat"],
      ["POST", "/api/generate"],
      ["POST", "/api/chat/"],
      ["PATCH", "/anything/at:all"],
      ["OPTIONS", "/api/chat"],
    ] as const;
    for (const [method, target] of requests) {
      const body = method === "GET" ? null : '{"model":"other"}';
      const answer = await fetch(stage.url + target, { method, body });
      expect(answer.status).toBe(201);
      expect(await answer.text()).toBe(FINAL);
      expect(stage.upstream.visits.at(-1)?.request.startLine).toBe(`${method} ${target} HTTP/1.1`);
    }
    const passed = 'ollama_exporter_unmeasured_requests_total{api="generate"}';
    expect(await measured()).toEqual({ ...before, [passed]: (before[passed] ?? NaN) + 1 });
  });
});
