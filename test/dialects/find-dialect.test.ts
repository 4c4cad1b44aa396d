import { expect, test } from "bun:test";
import { findDialect } from "../../src/dialects/all.ts";

test("POST /api/chat is measured", () => {
  expect(findDialect("POST", "/api/chat")?.name).toBe("chat");
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
  ["POST", "/api/generate"],
  ["POST", "/v1/chat/completions"],
  ["POST", "/"],
])("%s %s is not", (method, path) => {
  expect(findDialect(method, path)).toBeUndefined();
});
