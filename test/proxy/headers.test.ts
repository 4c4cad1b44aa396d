import { describe, expect, test } from "bun:test";
import { contentLength, requestHeaders, responseHeaders } from "../../src/proxy/headers.ts";

type Fields = readonly (readonly [name: string, value: string])[];

const HOST = "ollama:11434";
const UPSTREAM = { host: HOST, origin: `http://${HOST}` };

const headersOf = (fields: Fields): Headers => new Headers(fields as [string, string][]);

const sent = (fields: Fields, length?: number): Record<string, string> =>
  Object.fromEntries(requestHeaders(headersOf(fields), UPSTREAM, length));

const returned = (fields: Fields): Record<string, string> =>
  Object.fromEntries(responseHeaders(headersOf(fields)));

const HOP_BY_HOP = [
  ["Connection", "keep-alive"],
  ["Keep-Alive", "timeout=5"],
  ["Proxy-Authenticate", "Basic"],
  ["Proxy-Authorization", "Basic eDp5"],
  ["Proxy-Connection", "keep-alive"],
  ["TE", "trailers"],
  ["Trailer", "Expires"],
  ["Transfer-Encoding", "chunked"],
  ["Upgrade", "websocket"],
] as const;

describe.each([
  ["a request", sent, { host: HOST }],
  ["an answer", returned, {}],
] as const)("of %s", (_, pass, own) => {
  test.each(HOP_BY_HOP)("%s goes no further", (name, value) => {
    const rest = { accept: "*/*", "x-test": "1" };
    expect(pass([[name, value], ...Object.entries(rest)])).toEqual({ ...rest, ...own });
  });

  test("what Connection names goes no further, in any case and with any spaces", () => {
    const fields = [
      ["Connection", "close,  X-One ,\tx-TWO,,"],
      ["X-One", "1"],
      ["x-two", "2"],
      ["X-Three", "3"],
    ] as const;
    expect(pass(fields)).toEqual({ "x-three": "3", ...own });
  });

  test("what several Connection fields name goes no further", () => {
    const fields = [
      ["Connection", "X-One"],
      ["Connection", "X-Two"],
      ["X-One", "1"],
      ["X-Two", "2"],
    ] as const;
    expect(pass(fields)).toEqual(own);
  });

  test.each(["x one", "x(one)", '"x-one"', "a:b", "é", ";", "close;q=1", ", ,"])(
    "a Connection field that is no list of names does no harm: %j",
    (value) => {
      expect(
        pass([
          ["Connection", value],
          ["X-One", "1"],
        ]),
      ).toEqual({ "x-one": "1", ...own });
    },
  );

  test("a name in a bad Connection list counts beside what is none", () => {
    expect(
      pass([
        ["Connection", "a b, x-one, (c)"],
        ["X-One", "1"],
      ]),
    ).toEqual(own);
  });

  test("everything else goes on as it came, and nothing is added", () => {
    const fields = {
      accept: "application/x-ndjson",
      authorization: "Bearer x",
      "content-encoding": "gzip",
      "content-type": "application/json; charset=utf-8",
      cookie: "a=b; c=d",
      "x-empty": "",
      "x-forwarded-for": "10.0.0.1",
      via: "1.1 other",
    };
    expect(pass(Object.entries(fields))).toEqual({ ...fields, ...own });
  });

  test("without any field has none but its own", () => {
    expect(pass([])).toEqual(own);
  });
});

describe("a request", () => {
  test("goes to the upstream's host and not to the client's", () => {
    expect(sent([["Host", "localhost:8000"]])).toEqual({ host: HOST });
  });

  test("keeps the host though Connection names it", () => {
    expect(
      sent([
        ["Connection", "host"],
        ["Host", "x"],
      ]),
    ).toEqual({ host: HOST });
  });

  test("loses the client's length", () => {
    expect(sent([["Content-Length", "5"]])).toEqual({ host: HOST });
  });

  test("has the length that it is given, 0 too", () => {
    expect(sent([["Content-Length", "5"]], 7)).toEqual({ host: HOST, "content-length": "7" });
    expect(sent([], 0)).toEqual({ host: HOST, "content-length": "0" });
  });

  test("keeps its length though Connection names it", () => {
    const fields = [
      ["Connection", "content-length"],
      ["Content-Length", "5"],
    ] as const;
    expect(sent(fields, 5)).toEqual({ host: HOST, "content-length": "5" });
  });

  test("keeps what it expects", () => {
    const fields = sent([["Expect", "100-continue"]]);
    expect(fields).toEqual({ host: HOST, expect: "100-continue" });
  });

  test("is left as it was", () => {
    const headers = headersOf([
      ["Host", "x"],
      ["TE", "trailers"],
    ]);
    requestHeaders(headers, UPSTREAM, 1);
    expect(Object.fromEntries(headers)).toEqual({ host: "x", te: "trailers" });
  });
});

describe("an answer", () => {
  test("keeps its length", () => {
    expect(returned([["Content-Length", "5"]])).toEqual({ "content-length": "5" });
  });

  test("keeps each Set-Cookie apart", () => {
    const cookies = ["a=1; Expires=Wed, 21 Oct 2026 07:28:00 GMT", "b=2", "b=2"];
    const headers = headersOf(cookies.map((cookie) => ["Set-Cookie", cookie] as const));
    expect(responseHeaders(headers).getSetCookie()).toEqual(cookies);
  });
});

describe("a length is read", () => {
  test.each([
    ["0", 0],
    ["5", 5],
    ["007", 7],
    ["999999999999999", 999_999_999_999_999],
    ["0000000000000000005", 5],
    ["5, 5", 5],
    ["5,5, 5", 5],
  ])("%j", (text, length) => {
    expect(contentLength(headersOf([["Content-Length", text]]))).toBe(length);
  });

  test.each(["", "-1", "+5", "5.0", "5, 6", "5,", "0x5", "1e3", "five", "99999999999999999"])(
    "only if it is a plain number: %j",
    (text) => {
      expect(contentLength(headersOf([["Content-Length", text]]))).toBeUndefined();
    },
  );

  test("only if there is one", () => {
    expect(contentLength(new Headers())).toBeUndefined();
  });
});

const origin = (host: string, value: string): string | undefined =>
  sent([
    ["Host", host],
    ["Origin", value],
  ])["origin"];

describe("an Origin", () => {
  test.each(["http://box:8000", "https://box:8000"])(
    "of the received Host becomes the upstream's own: %s",
    (value) => {
      expect(origin("box:8000", value)).toBe("http://ollama:11434");
    },
  );

  test.each([
    "http://box",
    "http://box:8001",
    "http://evil.example",
    "null",
    "app://x",
    "HTTP://box:8000",
  ])("of anybody else passes unchanged: %s", (value) => {
    expect(origin("box:8000", value)).toBe(value);
  });

  test("is not added where there is none", () => {
    expect(sent([["Host", "box:8000"]])["origin"]).toBeUndefined();
  });
});
