import { test } from "bun:test";
import { answering, headOf, requestOf } from "../support/wire.ts";
import { onBunTargets, type Row } from "./stage.ts";

const STATUSES = [
  "200 201 202 203 206 207 208 226 299 300 301 302 303 305 306 307 308",
  "400 401 402 403 404 405 406 407 408 409 410 411 412 413 414 415 416 417",
  "418 421 422 423 424 425 426 428 429 431 451 499",
  "500 501 502 503 504 505 506 507 508 510 511 520 599",
].flatMap((statuses) => statuses.split(" "));

/** What some of them are of no use without. */
const FIELDS = [
  "Content-Type: text/plain",
  "Location: /elsewhere",
  "Retry-After: 3",
  "Allow: GET, HEAD",
  'WWW-Authenticate: Bearer realm="x"',
] as const;

const VALIDATORS = ['ETag: W/"a"', "Last-Modified: Wed, 21 Oct 2015 07:28:00 GMT"] as const;

const answer = (status: string | number, fields: readonly string[], body = ""): string =>
  headOf(`HTTP/1.1 ${status} Words`, fields) + body;

const get = (bytes: string): Row[1] => ({
  request: requestOf("GET", "/s"),
  script: answering(bytes),
});

const head = (bytes: string): Row[1] => ({
  request: requestOf("HEAD", "/s"),
  script: answering(bytes),
});

const RANGE = ["Content-Range: bytes 0-1/9", "Accept-Ranges: bytes", "Content-Length: 2"] as const;

const SPECIAL: readonly Row[] = [
  ["204", get(answer(204, ["X-A: 1"]))],
  ["204 with a length", get(answer(204, ["Content-Length: 0"])), "A 204 loses its Content-Length"],
  ["205", get(answer(205, ["Content-Length: 0"]))],
  ["206 with a range", get(answer(206, RANGE, "ok"))],
  ["304 with validators", get(answer(304, VALIDATORS))],
  ["304 with a length", get(answer(304, [...VALIDATORS, "Content-Length: 99"]))],
  ["304 with a length of 0", get(answer(304, [...VALIDATORS, "Content-Length: 0"]))],
  ["304 that would be chunked", get(answer(304, ["Transfer-Encoding: chunked"]))],
  ["416 with the size", get(answer(416, ["Content-Range: bytes */9", "Content-Length: 0"]))],
  ["426 with a protocol", get(answer(426, ["Upgrade: h2c", "Content-Length: 0"]))],
  ["no words", get("HTTP/1.1 200\r\nContent-Length: 2\r\n\r\nok")],
  ["the version 1.0", get("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok")],
];

onBunTargets("An answer", (stage) => {
  test.each(STATUSES)("with the status %s passes with its fields and body", async (status) => {
    await stage.alike(get(answer(status, [...FIELDS, "Content-Length: 2"], "ok")));
  });

  test.each(STATUSES)("with the status %s passes when it is chunked", async (status) => {
    const fields = [...FIELDS, "Transfer-Encoding: chunked"];
    await stage.alike(get(answer(status, fields, "2\r\nok\r\n0\r\n\r\n")));
  });

  test.each(STATUSES)("with the status %s passes when it is empty", async (status) => {
    await stage.alike(get(answer(status, ["Content-Length: 0"])));
    await stage.alike(
      get(answer(status, ["Transfer-Encoding: chunked"], "0\r\n\r\n")),
      "An empty answer without a length gets a Content-Length of 0",
    );
  });

  test.each([200, 206, 301, 404, 500])(
    "to HEAD with the status %d keeps its length",
    async (status) => {
      await stage.alike(head(answer(status, ["Content-Length: 4321", "Content-Type: a/b"])));
      await stage.alike(head(answer(status, ["Content-Length: 12345678901"])));
      await stage.alike(head(answer(status, ["Content-Length: 0"])));
    },
  );

  test("to HEAD with the status 304 or 204 stays as it is", async () => {
    await stage.alike(head(answer(304, [...VALIDATORS, "Content-Length: 4321"])));
    await stage.alike(head(answer(304, VALIDATORS)));
    await stage.alike(head(answer(204, VALIDATORS)));
  });

  test.each(SPECIAL)("with the status %s passes", async (_, exchange, ...except) => {
    await stage.alike(exchange, ...except);
  });
});
