import { describe, expect, test } from "bun:test";
import { parseUpstream } from "../../src/cli/upstream-address.ts";

const read = (text: string): string => {
  const { protocol, hostname, port, basePath } = parseUpstream(text, "OLLAMA_HOST");
  return [protocol, hostname, port, basePath].join(" ").trim();
};

describe("an upstream is read as Ollama's client reads OLLAMA_HOST", () => {
  test.each([
    ["", "http: 127.0.0.1 11434"],
    ["/", "http: 127.0.0.1 11434"],
    ["1.2.3.4", "http: 1.2.3.4 11434"],
    [":1234", "http: 127.0.0.1 1234"],
    ["example.com", "http: example.com 11434"],
    ["example.com:1234", "http: example.com 1234"],
    ["::1", "http: ::1 11434"],
    ["[::1]", "http: ::1 11434"],
    ["[::1]:1337", "http: ::1 1337"],
    ["0.0.0.0", "http: 127.0.0.1 11434"],
    ["[::]", "http: ::1 11434"],
    ["::", "http: ::1 11434"],
    ["'1.2.3.4'", "http: 1.2.3.4 11434"],
    [" 1.2.3.4 ", "http: 1.2.3.4 11434"],
    [`" 1.2.3.4 "`, "http: 1.2.3.4 11434"],
    ["http://h", "http: h 80"],
    ["http://h:4321", "http: h 4321"],
    ["https://h", "https: h 443"],
    ["https://h/", "https: h 443"],
    ["https://h/ollama", "https: h 443 /ollama"],
    ["https://h/ollama/", "https: h 443 /ollama"],
    ["h/p", "http: h 11434 /p"],
    ["http://[::1]", "http: ::1 80"],
    ["http://", "http: 127.0.0.1 80"],
    ["ollama.com", "https: ollama.com 443"],
  ])("%j is %s", (text, address) => {
    expect(read(text)).toBe(address);
  });
});

describe("an upstream is brought into the form that URLs have", () => {
  test.each([
    ["127.1:80", "http: 127.0.0.1 80"],
    ["0:80", "http: 127.0.0.1 80"],
    ["LOCALHOST", "http: localhost 11434"],
    ["[0:0::0:1]:7", "http: ::1 7"],
    ["fe80::1", "http: fe80::1 11434"],
    ["http://0.0.0.0", "http: 127.0.0.1 80"],
    ["https://:8443", "https: 127.0.0.1 8443"],
    ["Ollama.com", "http: ollama.com 11434"],
    ["http://ollama.com", "http: ollama.com 80"],
    ["a_b-c.local.", "http: a_b-c.local. 11434"],
    ["münchen.de", "http: xn--mnchen-3ya.de 11434"],
    ["h/a/b///", "http: h 11434 /a/b"],
    ["/only/a/path", "http: 127.0.0.1 11434 /only/a/path"],
    ["h/é", "http: h 11434 /%C3%A9"],
    ["h/a..b/...", "http: h 11434 /a..b/..."],
  ])("%j is %s", (text, address) => {
    expect(read(text)).toBe(address);
  });

  test("the source and the value stay as they were", () => {
    expect(parseUpstream(" H:1 ", "--upstream")).toEqual({
      protocol: "http:",
      hostname: "h",
      port: 1,
      basePath: "",
      source: "--upstream",
      value: " H:1 ",
    });
  });
});
