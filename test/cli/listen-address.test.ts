import { describe, expect, test } from "bun:test";
import { parseListen } from "../../src/cli/listen-address.ts";

describe("an address to listen on is read", () => {
  test.each([
    ["8000", "127.0.0.1", 8000],
    ["0", "127.0.0.1", 0],
    ["65535", "127.0.0.1", 65535],
    [":8000", "", 8000],
    [":0", "", 0],
    ["127.0.0.1:8000", "127.0.0.1", 8000],
    ["127.1:8000", "127.0.0.1", 8000],
    ["0.0.0.0:8000", "0.0.0.0", 8000],
    ["[::]:8000", "::", 8000],
    ["[0::1]:8000", "::1", 8000],
    ["localhost:8000", "localhost", 8000],
    ["Host.Local:1", "host.local", 1],
  ])("from %j", (text, hostname, port) => {
    expect(parseListen(text, "--listen")).toEqual({
      hostname,
      port,
      source: "--listen",
      value: text,
    });
  });
});

const USE = "use PORT, :PORT or HOST:PORT, as in --listen 127.0.0.1:8000";

describe("an address that cannot be listened on is refused", () => {
  test.each([
    ["8000x", "is not an address"],
    ["", "is not an address"],
    ["-1", "is not an address"],
    ["*:8000", "is not an address"],
    [" 8000", "is not an address"],
    ["a b:8000", "is not an address"],
    ["u:p:8000", "is not an address"],
    ["127.0.0.1", "has no port"],
    ["localhost", "has no port"],
    ["::1", "has no port"],
    ["[::1]", "has no port"],
    ["65536", "has a port that is not a number up to 65535"],
    [":", "has a port that is not a number up to 65535"],
    [":-1", "has a port that is not a number up to 65535"],
    ["127.0.0.1:8000/x", "has a port that is not a number up to 65535"],
    ["http://127.0.0.1:8000", "is a URL, not an address"],
  ])("%j", (text, problem) => {
    expect(() => parseListen(text, "--listen")).toThrow(
      `--listen ${JSON.stringify(text)} ${problem}: ${USE}`,
    );
  });

  test("an IPv6 address without brackets, with the brackets in the remedy", () => {
    expect(() => parseListen("::1:8000", "--listen")).toThrow(
      '--listen "::1:8000" lacks brackets: use [::1]:8000',
    );
  });

  test("user information, without being shown", () => {
    expect(() => parseListen("http://u:secret@h", "--listen")).toThrow(
      '--listen (not shown, it holds an "@") is a URL, not an address',
    );
  });
});
