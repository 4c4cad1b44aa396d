import { test } from "bun:test";
import { answering, headOf, requestHead, requestOf } from "../support/wire.ts";
import { onBunTargets } from "./stage.ts";

const many = (count: number): string[] =>
  Array.from({ length: count }, (_, i) => `X-Field-${i}: value ${i}`);

const REQUESTS: readonly (readonly [name: string, fields: readonly string[]])[] = [
  ["60 fields", many(60)],
  ["150 fields", many(150)],
  ["a cookie of 12 KB", [`Cookie: ${"a=b; ".repeat(2400)}c=d`]],
  ["a cookie of 500 KB", [`Cookie: ${"a=b; ".repeat(100_000)}c=d`]],
  ["empty values", ["X-Empty:", "X-Space: "]],
  ["latin-1 bytes", ["X-Text: \xe9\xff"]],
  ["UTF-8 bytes", ["X-Text: \xc3\xa9\xe6\x97\xa5"]],
  ["tabs and spaces inside", ["X-Text: a\tb   c"]],
  ["every character of a name", ["X!#$%&'*+-.^_`|~9: v"]],
  ["lists and quotes", ['X-List: "a, b", c;q=0.1,,d']],
  ["codings that it accepts", ["Accept-Encoding: gzip, br;q=0.5, zstd"]],
  ["conditions and a range", ["Range: bytes=0-1", 'If-None-Match: "a"', "If-Modified-Since: x"]],
  ["credentials", ["Authorization: Bearer x", "Cookie: a=b; c=d"]],
  [
    "what browsers say",
    ["Origin: http://a.example", "Referer: http://a/b", "Sec-Fetch-Mode: cors"],
  ],
  ["what other proxies say", ["Via: 1.1 x", "X-Forwarded-For: 10.0.0.1", "Forwarded: for=a"]],
  ["a date and a hop count", ["Max-Forwards: 3", "DNT: 1", "Cache-Control: no-cache"]],
  ["hop-by-hop fields", ["Connection: keep-alive, X-Mine", "X-Mine: 1", "Keep-Alive: timeout=5"]],
  ["old hop-by-hop fields", ["Proxy-Connection: keep-alive", "TE: trailers", "Upgrade: h2c"]],
];

const ANSWERS: readonly (readonly [name: string, fields: readonly string[]])[] = [
  ["no field at all", []],
  ["60 fields", many(60)],
  ["250 fields", many(250)],
  ["a value of 100 KB", [`X-Long: ${"v".repeat(100_000)}`]],
  [
    "several cookies",
    ["Set-Cookie: a=1; Path=/; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "set-cookie: b=2"],
  ],
  ["the same cookie twice", ["Set-Cookie: a=1", "Set-Cookie: a=1"]],
  ["cookies of odd forms", ["Set-Cookie: \xe9; X", "Set-Cookie:", "Set-Cookie: a=b=c; Max-Age=x"]],
  ["empty values", ["X-Empty:", "Content-Type:"]],
  ["latin-1 bytes", ["X-Text: \xe9\xff"]],
  ["UTF-8 bytes", ["X-Text: \xc3\xa9"]],
  ["a server", ["Server: Ollama", "X-Powered-By: Go"]],
  ["a content type as it was written", ["Content-Type: text/HTML;charset=UTF8"]],
  ["CORS fields", ["Access-Control-Allow-Origin: *", "Vary: Origin", "Access-Control-Max-Age: 1"]],
  ["links", ["Link: </a>; rel=x, </b>", "Location: http://b//x y", "Content-Location: /\xe9"]],
  ["hop-by-hop fields", ["Connection: X-Mine", "X-Mine: 1", "Keep-Alive: timeout=5"]],
];

onBunTargets("The fields", (stage) => {
  test.each(REQUESTS)("of a request arrive, and nothing else: %s", async (_, fields) => {
    await stage.alike({ request: requestOf("GET", "/api/tags", { fields }) });
    await stage.alike({ request: requestOf("POST", "/api/chat", { fields, body: "{}" }) });
  });

  test.each(ANSWERS)("of an answer pass, and nothing else: %s", async (_, fields) => {
    const request = requestOf("GET", "/api/tags");
    const whole = headOf("HTTP/1.1 200 OK", [...fields, "Content-Length: 2"]);
    await stage.alike({ request, script: answering(`${whole}ok`) });
    const chunked = headOf("HTTP/1.1 200 OK", [...fields, "Transfer-Encoding: chunked"]);
    await stage.alike({ request, script: answering(`${chunked}2\r\nok\r\n0\r\n\r\n`) });
    const empty = headOf("HTTP/1.1 200 OK", [...fields, "Content-Length: 0"]);
    await stage.alike({ request, script: answering(empty) });
  });

  test("of one name are joined by commas, those of cookies by semicolons", async () => {
    const fields = [
      "X-A: 1",
      "X-B: 0",
      "x-a: 2",
      "Cookie: a=1",
      "Cookie: b=2",
      "Accept: text/plain",
    ];
    await stage.alike(
      { request: requestHead("GET", "/api/tags", fields) },
      "Fields of one name are joined",
    );
  });

  test("of one name in an answer are joined, but for cookies", async () => {
    const fields = ["Vary: a", "X-A: 1", "Vary: b", "Set-Cookie: a=1", "Set-Cookie: b=2"];
    const answer = headOf("HTTP/1.1 200 OK", [...fields, "Content-Length: 0"]);
    await stage.alike(
      { request: requestOf("GET", "/api/tags"), script: answering(answer) },
      "Fields of one name are joined",
    );
  });
});
