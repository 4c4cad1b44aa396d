import { test } from "bun:test";
import type { Deviation } from "../support/deviations.ts";
import { requestOf } from "../support/wire.ts";
import { onBunTargets } from "./stage.ts";

const utf8 = (text: string): string => Buffer.from(text).toString("latin1");

/** Separated by spaces. */
const KEPT = [
  "/ /? /a? /a?? /a?x=1&y=2&x=3 /a?x /a?=&& /a?q=a+b%20c",
  "/v1/models/llama3.2:latest /a:b /: /C:/x /api/user/keys/a:b@c",
  "/a%20b%2Fc%3Fd%23e /%41%7e%7E /%c3%A9 /%zz /% /%2 /%00?%00 /a%0d%0ab",
  "/a//b /a// /a?// /a?b=//c /@evil.example/x /a?u=http://evil.example/",
  "/... /.../x /.a /a. /a/.b/..c/d.. /..;/a /..%2fa /%2e%2e%2fa",
  "/a?x=/../y /a?./.. /a?%2e%2e/",
  "/;=,@!$&'()*~-._+: /a;b=c/d;e /[]| /a?;=,@!$&()*~-._+:/?[] /a?^{}|\\`",
  `/${"a".repeat(7000)} /a?${"b".repeat(7000)}`,
].flatMap((targets) => targets.split(" "));

const CHANGED: readonly (readonly [Deviation, readonly string[]])[] = [
  [
    "Slashes at the start of a path become one",
    ["//a", "///a//b", "//evil.example/x", "//", "//a?//b"],
  ],
  [
    "Dot segments are resolved",
    [
      "/. /.. /./a /../a /a/. /a/.. /a/./b /a/../b /a/b/../../c",
      "/%2e /a/%2e/b /a/%2e%2e/b /a/%2E%2E/b /a/.%2e/b /a/../b?c=/../d",
    ].flatMap((targets) => targets.split(" ")),
  ],
  ["A backslash in a path becomes a slash", ["/a\\b", "/a\\b?c\\d"]],
  [
    "Characters that a URI cannot hold, and an apostrophe in a query, are percent-encoded",
    [
      '/"',
      "/<a>",
      "/a^b",
      "/{a}",
      "/`",
      "/a\x7f",
      '/?"',
      "/?<a>",
      "/?'",
      utf8("/é"),
      utf8("/?é"),
      utf8("/日本?日=本"),
      utf8("/😀"),
    ],
  ],
  ["A byte of a target that is not UTF-8 becomes U+FFFD", ["/\xe9", "/a\xe9b", "/?\xe9"]],
  ["A # in a target is percent-encoded", ["/a#b", "/a?b#c", "/#", "/a#b?c#d"]],
  [
    "The absolute form becomes a path",
    [
      "http://other.example/a?b=1",
      "http://other.example",
      "http://other.example/",
      "http://other.example?b",
      "HTTP://other.example/a",
      "https://other.example/a",
    ],
  ],
  [
    "A target with a space or a control character is refused",
    ["/a b", "/a?b c", "/a\tb", "/a\x01b", "/a "],
  ],
  ["A target that is neither a path nor an http URL is refused", ["*", "a", "ftp://x/a", "?a"]],
];

onBunTargets("The target of a request", (stage) => {
  test.each(KEPT.map((target) => [shown(target), target]))("%s is kept", async (_, target) => {
    await stage.alike({ request: requestOf("GET", target) });
    await stage.alike({ request: requestOf("POST", target, { body: "{}" }) });
  });

  test.each(CHANGED.flatMap(([name, targets]) => targets.map((t) => [shown(t), t, name] as const)))(
    "%s is kept but for what the list says",
    async (_, target, name) => {
      await stage.alike({ request: requestOf("GET", target) }, name);
    },
  );

  test("of a chat keeps its query", async () => {
    await stage.alike({ request: requestOf("POST", "/api/chat?a=%20b&", { body: "{}" }) });
  });
});

function shown(target: string): string {
  return JSON.stringify(target.slice(0, 40));
}
