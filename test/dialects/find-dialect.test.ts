import { expect, test } from "bun:test";
import { findDialect } from "../../src/dialects/all.ts";

test.each([
  ["/api/chat", "chat"],
  ["/api/generate", "generate"],
  ["/api/embed", "embed"],
  ["/api/embeddings", "embed"],
  ["/v1/chat/completions", "openai"],
  ["/v1/completions", "openai"],
  ["/v1/responses", "openai"],
  ["/v1/embeddings", "openai"],
  ["/v1/messages", "anthropic"],
] as const)("POST %s is of the API %s", (path, api) => {
  expect(findDialect("POST", path)?.api).toBe(api);
});

test.each([
  ["GET", "/api/chat"],
  ["PUT", "/api/chat"],
  ["post", "/api/chat"],
  ["POST", "/api/chat/"],
  ["POST", "//api/chat"],
  ["POST", "/API/CHAT"],
  ["POST", "/api/chat?x=1"],
  ["POST", "/x/api/chat"],
  ["GET", "/api/generate"],
  ["POST", "/api/generate/"],
  ["GET", "/v1/chat/completions"],
  ["GET", "/v1/models"],
  ["POST", "/api/show"],
  ["POST", "/api/pull"],
  ["POST", "/"],
])("%s %s is of none", (method, path) => {
  expect(findDialect(method, path)).toBeUndefined();
});
