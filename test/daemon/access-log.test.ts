import { describe, expect, test } from "bun:test";
import { logExchange } from "../../src/daemon/access-log.ts";
import type { Ending, Exchange } from "../../src/exchange.ts";
import { createLog, type Fields } from "../../src/log.ts";

const BARE: Exchange = { arrivedAt: 0, client: "10.0.0.7", method: "GET", path: "/api/tags" };

/** The line about an exchange, as it is written in JSON. */
function lineOf(exchange: Partial<Exchange>, ending: Ending = "complete"): Fields {
  const lines: string[] = [];
  const write = (line: string): void => void lines.push(line);
  const log = createLog({ level: "info", format: "json", write });
  logExchange(log.info, { ...BARE, ...exchange }, ending);
  expect(lines.length).toBe(1);
  const { time, ...rest } = JSON.parse(lines.join()) as Record<string, string | number>;
  expect(time).toBeString();
  return rest;
}

test("a chat has client, method, path, model, status, outcome, tokens and times", () => {
  const arrivedAt = performance.now() - 60_000;
  const line = lineOf({
    arrivedAt,
    method: "POST",
    path: "/api/chat",
    model: "llama3.2:latest",
    status: 200,
    firstTokenAt: arrivedAt + 1234.4,
    answer: { doneReason: "stop", total: 3, promptTokens: 16, generatedTokens: 48 },
  });
  expect(line).toEqual({
    level: "info",
    message: "request",
    client: "10.0.0.7",
    method: "POST",
    path: "/api/chat",
    model: "llama3.2:latest",
    status: 200,
    outcome: "complete",
    prompt_tokens: 16,
    generated_tokens: 48,
    first_token_seconds: 1.234,
    total_seconds: expect.any(Number),
  });
  expect(line["total_seconds"]).toBeGreaterThanOrEqual(60);
  expect(line["total_seconds"]).toBeLessThan(70);
});

test("a request that is not measured has neither model nor tokens", () => {
  expect(Object.keys(lineOf({ status: 200 }))).toEqual([
    "level",
    "message",
    "client",
    "method",
    "path",
    "status",
    "outcome",
    "total_seconds",
  ]);
});

test("a load has no tokens", () => {
  const line = lineOf({ answer: { doneReason: "load" } });
  expect(line).not.toContainAnyKeys(["prompt_tokens", "generated_tokens", "first_token_seconds"]);
});

test.each(["complete", "client_abort", "upstream_unreachable", "truncated"] as const)(
  "the outcome %s is told",
  (ending) => {
    expect(lineOf({ status: 502 }, ending)["outcome"]).toBe(ending);
  },
);

describe("a path", () => {
  test("of 200 characters is told whole", () => {
    const path = `/${"x".repeat(199)}`;
    expect(lineOf({ path })["path"]).toBe(path);
  });

  test("beyond that is cut", () => {
    expect(lineOf({ path: `/${"x".repeat(100_000)}` })["path"]).toBe(`/${"x".repeat(199)}`);
  });
});

test("times are told to the millisecond", () => {
  const arrivedAt = performance.now();
  const line = lineOf({ arrivedAt, firstTokenAt: arrivedAt + 0.6 });
  expect(line["first_token_seconds"]).toBe(0.001);
  expect(String(line["total_seconds"])).toMatch(/^\d+(\.\d{1,3})?$/);
});
