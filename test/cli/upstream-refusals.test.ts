import { describe, expect, test } from "bun:test";
import { parseUpstream } from "../../src/cli/upstream-address.ts";

const USE = "use HOST, HOST:PORT or http://HOST:PORT, as in --upstream http://127.0.0.1:11434";
const BAD_PORT = `has a port that is not a number up to 65535: ${USE}`;
const BAD_SCHEME = "has an unknown scheme: use http:// or https://, in lower case";
const NO_ADDRESS = `is not an address: ${USE}`;
const BAD_CHARACTER = `has a space, a backslash or a control character in its path: ${USE}`;
const BAD_SEGMENT = `has an empty, "." or ".." segment in its path: ${USE}`;

describe("an upstream that cannot be meant is refused", () => {
  test.each([
    [":0", `has port 0, which cannot be connected to: ${USE}`],
    [":66000", BAD_PORT],
    [":-1", BAD_PORT],
    ["host:abc", BAD_PORT],
    ["localhost:", BAD_PORT],
    ["http://h:99999", BAD_PORT],
    ["https://h:abc", BAD_PORT],
    ["h:+80", BAD_PORT],
    ["HTTP://h", BAD_SCHEME],
    ["tcp://h", BAD_SCHEME],
    ["unix:///run/ollama.sock", BAD_SCHEME],
    ["://h", BAD_SCHEME],
    ["::1:11434", "lacks brackets: use [::1]:11434"],
    ["::1:8000", "lacks brackets: use [::1]:8000"],
    ["http://::1:80/x", "lacks brackets: use [::1]:80"],
    ["fe80::1%eth0", NO_ADDRESS],
    ["[fe80::1%25eth0]:1", NO_ADDRESS],
    ["[::1", NO_ADDRESS],
    ["[1.2.3.4]", NO_ADDRESS],
    ["[]:1", NO_ADDRESS],
    ["a:b:c", NO_ADDRESS],
    ["exa mple", NO_ADDRESS],
    ["exa\tmple", NO_ADDRESS],
    ["ex%41mple", NO_ADDRESS],
    ["h<", NO_ADDRESS],
    ["h\\p", NO_ADDRESS],
    ["*", NO_ADDRESS],
    ["a..b", NO_ADDRESS],
    ["256.1.1.1", NO_ADDRESS],
    ["h?x=1", `has a query or a fragment: ${USE}`],
    ["h/p?x=1", `has a query or a fragment: ${USE}`],
    ["h/p#x", `has a query or a fragment: ${USE}`],
    ["h/a b", BAD_CHARACTER],
    ["h/a\\b", BAD_CHARACTER],
    ["h/a\u0000b", BAD_CHARACTER],
    ["h/a\u0085b", BAD_CHARACTER],
    ["h/../p", BAD_SEGMENT],
    ["h/p/..", BAD_SEGMENT],
    ["h/./p", BAD_SEGMENT],
    ["h/%2E%2e/p", BAD_SEGMENT],
    ["h//evil", BAD_SEGMENT],
  ])("%j", (text, problem) => {
    const shown = JSON.stringify(text).replace("\u0085", "\\u{85}");
    expect(() => parseUpstream(text, "--upstream")).toThrow(`--upstream ${shown} ${problem}`);
  });

  test("a message about a variable shows how a variable is written", () => {
    expect(() => parseUpstream("h:x", "OLLAMA_HOST")).toThrow(
      "as in OLLAMA_HOST=http://127.0.0.1:11434",
    );
  });
});

describe("user information is refused without being shown", () => {
  test.each([
    "name:secret@h",
    "http://name:secret@h:1",
    "https://name:secret/more@h",
    "tcp://name:secret@h",
    " 'name@h' ",
    "name:secret@",
  ])("%s", (text) => {
    expect(() => parseUpstream(text, "--upstream")).toThrow(
      /^--upstream has user information, which is not sent: leave out all up to the "@"$/,
    );
  });
});
