import { describe, expect, test } from "bun:test";
import { routedPath, pathOf, requestTarget } from "../../src/proxy/target.ts";

describe("the target of a request is what stands in its URL after the host", () => {
  test.each([
    ["http://h/api/chat", "/api/chat"],
    ["http://h/", "/"],
    ["http://h:8000/api/tags?a=b&c=d", "/api/tags?a=b&c=d"],
    ["http://[::1]:8000/api", "/api"],
    ["https://h/api", "/api"],
    ["http://h//evil.com/x", "//evil.com/x"],
    ["http://h///evil", "///evil"],
    ["http://h/\\evil.com/x", "/\\evil.com/x"],
    ["http://h/@evil.com/", "/@evil.com/"],
    ["http://h/a/../b", "/a/../b"],
    ["http://h/a/%2e%2e/b", "/a/%2e%2e/b"],
    ["http://h/%2F%zz%20%00;=,:@!$&()*~", "/%2F%zz%20%00;=,:@!$&()*~"],
    ["http://h/é", "/é"],
    ["http://h/api?", "/api?"],
    ["http://h/api??", "/api??"],
    ["http://h/?", "/?"],
    ["http://h/api?url=http://other/x", "/api?url=http://other/x"],
    ["http://h/a?b=/c/d", "/a?b=/c/d"],
    ["http://h/http://evil.com/x", "/http://evil.com/x"],
    ["http://evil.com/abs?x=1", "/abs?x=1"],
    ["http://a b/x", "/x"],
    ["http://u:p@evil/x", "/x"],
    ["/x", "/x"],
    ["/x?y", "/x?y"],
    ["//evil.com/x", "//evil.com/x"],
    ["http://h/*", "/*"],
  ])("%j is %j", (url, target) => {
    expect(requestTarget(url)).toBe(target);
  });

  test.each([
    ["http://h/api#f", "/api%23f"],
    ["http://h/api?a#f?b", "/api?a%23f?b"],
    ["http://h/#", "/%23"],
    ["/x#f", "/x%23f"],
    ["http://h/%23x", "/%23x"],
  ])("with a # as a character of it: %j is %j", (url, target) => {
    expect(requestTarget(url)).toBe(target);
  });

  test.each(["http://h", "evil.com:80", "*", ""])("%j has none but the root", (url) => {
    expect(requestTarget(url)).toBe("/");
  });
});

test("a target behind the upstream's address never leads to another host", () => {
  const urls = ["http://h//evil", "http://h/\\evil", "http://h/@evil", "//evil/x", "evil.com:80"];
  for (const url of [...urls, "http://h", "http://h/http://evil"]) {
    const target = requestTarget(url);
    expect(target).toStartWith("/");
    expect(new URL(`http://ollama:11434${target}`).host).toBe("ollama:11434");
  }
});

test("the target is the client's own, as the runtime hands it over", () => {
  for (const target of ["/api/chat?", "//evil/x", "/a%2Fb?c=%zz", "/x?y=http://z/", "/a;b=c,d"]) {
    expect(requestTarget(new Request(`http://h${target}`).url)).toBe(target);
  }
});

test.each([
  ["/api/chat", "/api/chat"],
  ["/api/chat?a=b", "/api/chat"],
  ["/api/chat?", "/api/chat"],
  ["/a?b?c", "/a"],
  ["/?", "/"],
  ["/a%3Fb", "/a%3Fb"],
])("the path of the target %j is %j", (target, path) => {
  expect(pathOf(target)).toBe(path);
});

test.each([
  ["/api/chat", "/api/chat"],
  ["//api/chat", "/api/chat"],
  ["///api//chat", "/api//chat"],
  ["/api/%63hat", "/api/chat"],
  ["/api%2Fchat", "/api/chat"],
  ["/api/%zz", "/api/%zz"],
  ["/api/%ff", "/api/%ff"],
])("Ollama routes the path %j as %j", (path, routed) => {
  expect(routedPath(path)).toBe(routed);
});
