import { expect, test } from "bun:test";
import { type Deviation, DEVIATIONS } from "../support/deviations.ts";
import type { Exchange } from "../support/differential.ts";
import { answering, answeringAtLast, headOf, requestHead, requestOf } from "../support/wire.ts";
import { startExporter } from "../support/exporter.ts";
import { openRawClient } from "../support/raw-client.ts";
import { startRawUpstream } from "../support/raw-upstream.ts";
import { onBunTargets } from "./stage.ts";

const get = (target: string, fields: readonly string[] = []): Exchange => ({
  request: requestOf("GET", target, { fields }),
});

/** A GET, or something else, and an answer in one write. */
const answered = (answer: string, method = "GET"): Exchange => ({
  request: requestOf(method, "/"),
  script: answering(answer),
});

const bare = (fields: readonly string[]): Exchange => ({
  request: headOf("GET / HTTP/1.1", fields),
});

const OK = "HTTP/1.1 200 OK";
const CHUNKED = ["Transfer-Encoding: chunked"] as const;
const TRAILING = `${requestHead("POST", "/", CHUNKED)}2\r\nok\r\n0\r\nX-A: 1\r\n\r\n`;
const PIPELINED = requestOf("GET", "/1") + requestOf("GET", "/2");
const MANY = Array.from({ length: 300 }, (_, i) => `X-${i}: v`);

const EXPECTING = requestHead("POST", "/", ["Expect: 100-continue", "Content-Length: 2"]);
const REFUSAL = "HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\n\r\n";

/** One exchange for each, in which nothing else differs unless it is named. */
const SHOWN: Readonly<Record<Deviation, readonly [Exchange, ...besides: Deviation[]]>> = {
  "Slashes at the start of a path become one": [get("///a//b")],
  "Dot segments are resolved": [get("/a/%2e./b/./c")],
  "A backslash in a path becomes a slash": [get("/a\\b")],
  "Characters that a URI cannot hold, and an apostrophe in a query, are percent-encoded": [
    get('/"<>^`{}\xc3\xa9?"<>\'\xc3\xa9'),
  ],
  "A byte of a target that is not UTF-8 becomes U+FFFD": [get("/\xe9")],
  "A # in a target is percent-encoded": [get("/a?b#c")],
  "The absolute form becomes a path": [get("http://other.example/a?b")],
  "A target with a space or a control character is refused": [get("/a b")],
  "A target that is neither a path nor an http URL is refused": [get("*")],
  "TRACE and CONNECT are refused": [{ request: requestOf("TRACE", "/") }],
  "A method that no RFC knows closes the connection": [{ request: requestOf("FOO", "/") }],
  "A request without a body gets a Content-Length of 0": [{ request: requestOf("POST", "/") }],
  "A request without User-Agent gets the runtime's": [bare(["Host: localhost", "Accept: a/b"])],
  "A request without Accept accepts everything": [bare(["Host: localhost", "User-Agent: a"])],
  "Fields of one name are joined": [get("/", ["X-A: 1", "X-A: 2", "Cookie: a", "Cookie: b"])],
  "A request is told to continue, whatever the upstream says": [
    { request: EXPECTING, script: ({ server }) => server.write(REFUSAL) },
  ],
  "Interim answers are swallowed": [
    answered(`HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${headOf(OK, ["Content-Length: 0"])}`),
  ],
  "The trailers of an answer are swallowed": [
    answered(`${headOf(OK, [...CHUNKED, "Trailer: X-A"])}2\r\nok\r\n0\r\nX-A: 1\r\n\r\n`),
  ],
  "A request of more than 200 fields is refused": [get("/", MANY)],
  "An answer of more than 256 fields becomes a 502": [
    answered(headOf(OK, [...MANY, "Content-Length: 0"])),
  ],
  "A status above 599 becomes a 502": [answered(headOf("HTTP/1.1 600 X", ["Content-Length: 0"]))],
  "A length becomes chunks unless the answer comes in one read": [
    {
      ...get("/"),
      async script({ client, server }) {
        server.write(`${headOf(OK, ["Content-Length: 4"])}ok`);
        await client.has(2);
        server.write("ok");
      },
    },
  ],
  "An answer that ends with its connection becomes chunked": [
    { ...get("/"), script: answeringAtLast(`${OK}\r\n\r\nok`) },
  ],
  "An empty answer without a length gets a Content-Length of 0": [
    answered(`${headOf(OK, CHUNKED)}0\r\n\r\n`),
  ],
  "A 204 loses its Content-Length": [answered(headOf("HTTP/1.1 204 X", ["Content-Length: 0"]))],
  "A 205 loses its body": [answered(`${headOf("HTTP/1.1 205 X", ["Content-Length: 2"])}ok`)],
};

onBunTargets("A known deviation", (stage) => {
  test.each(Object.keys(SHOWN) as Deviation[])("is still there: %s", async (name) => {
    const [exchange, ...besides] = SHOWN[name];
    await stage.alike(exchange, ...besides, name);
    const { straight, through } = await stage.both([exchange]);
    // Were it gone, this would be no deviation any more.
    const others = besides.reduce((seen, other) => DEVIATIONS[other](seen), straight[0]!);
    expect(through[0]).not.toEqual(others);
  });

  test("is still there: An empty answer that ends with its connection gets a Content-Length of 0", async () => {
    const exchange = { ...get("/"), script: answeringAtLast(`${OK}\r\n\r\n`) };
    await stage.alike(exchange, "An empty answer without a length gets a Content-Length of 0");
  });

  test("is still there: A status line's words become the standard ones", async () => {
    let words = "";
    await stage.through({
      ...get("/"),
      async script({ client, server }) {
        server.write("HTTP/1.1 404 Own Words\r\nContent-Length: 0\r\n\r\n");
        await client.whole();
        words = client.incoming.head?.startLine ?? "";
      },
    });
    expect(words).toBe("HTTP/1.1 404 Not Found");
  });

  test("is still there: The head of an answer waits for its first bytes", async () => {
    let before = "";
    await stage.through({
      ...get("/"),
      async script({ client, server }) {
        server.write(headOf(OK, CHUNKED));
        await stage.turns();
        before = client.incoming.state;
        server.write("2\r\nok\r\n0\r\n\r\n");
      },
    });
    expect(before).toBe("head");
  });

  test("is still there: A chat goes upstream when its model is known", async () => {
    let arrived = false;
    let before: boolean | undefined;
    await stage.through({
      request: requestHead("POST", "/api/chat", ["Content-Length: 13"]),
      async follow(client) {
        await stage.turns();
        before = arrived;
        client.write('{"model":"m"}');
      },
      async script({ server }) {
        arrived = true;
        await server.whole();
        server.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
      },
    });
    expect(before).toBeFalse();
  });
});

// Their upstream is their own: whether the beginning gets there before the break is a race.
test.each([
  ["source", "A request with trailers is broken off", TRAILING, /^HTTP\/1\.1 400 /],
  ["binary", "A request with trailers is broken off", TRAILING, /^HTTP\/1\.1 400 /],
  ["source", "Pipelined requests close the connection", PIPELINED, /^$/],
  ["binary", "Pipelined requests close the connection", PIPELINED, /^$/],
] as const)("A known deviation on %s is still there: %s", async (target, _, request, answer) => {
  await using upstream = await startRawUpstream(() => {});
  await using exporter = await startExporter({ target, upstream: upstream.url, args: [] });
  using client = openRawClient(exporter.url, request);
  expect(String(await client.closed)).toMatch(answer);
});
