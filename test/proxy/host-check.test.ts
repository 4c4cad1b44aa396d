import { expect, test } from "bun:test";
import { hostname } from "node:os";
import { createHostCheck, isWellFormedHost } from "../../src/proxy/host-check.ts";

const local = createHostCheck([]);

test.each([
  "",
  "localhost",
  "LOCALHOST:8000",
  "127.0.0.1:8000",
  "127.9.9.9",
  "[::1]:8000",
  "::1",
  "[::ffff:127.0.0.1]:1",
  "0.0.0.0:1",
  "10.1.2.3",
  "172.31.0.1",
  "192.168.1.5:80",
  "[fd00::1]:8",
  "box.local",
  "a.localhost:1",
  "host.docker.internal",
  "localhost:abc",
  hostname(),
])("the Host %j is local", (host) => {
  expect(local(host)).toBeTrue();
});

test.each([
  "evil.example",
  "8.8.8.8",
  "172.32.0.1",
  "[2001:db8::1]:80",
  "[::1]",
  "localhost.evil.example",
  "evil.example:.local",
  "evil.example:80.local",
  "notlocal",
  "local",
  "localhost.",
])("the Host %j is foreign", (host) => {
  expect(local(host)).toBeFalse();
});

test("added names are allowed as they are, and with *. what is below them", () => {
  const check = createHostCheck(["ollama.lan", "*.example.org", "8.8.8.8"]);
  for (const host of [
    "ollama.lan:8000",
    "OLLAMA.LAN",
    "a.example.org",
    "a.b.example.org",
    "8.8.8.8",
  ]) {
    expect([host, check(host)]).toEqual([host, true]);
  }
  for (const host of ["x.ollama.lan", "example.org", "evilexample.org", "8.8.4.4"]) {
    expect([host, check(host)]).toEqual([host, false]);
  }
});

test.each(["a b", "u:p@h", "evil/path?q#", "a, b", "a\\b", 'a"b'])(
  "the Host %j is malformed",
  (host) => {
    expect(isWellFormedHost(host)).toBeFalse();
  },
);
