const HOST = "Host: localhost\r\n";

/** A request that must never be seen as one, since it is somebody's body. */
const HIDDEN = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";

const get = (fields: string): string => `GET / HTTP/1.1\r\n${fields}\r\n`;
const post = (fields: string, body = "hello"): string =>
  `POST /api/x HTTP/1.1\r\n${HOST}${fields}\r\n\r\n${body}`;
const chunked = (body: string): string => post("Transfer-Encoding: chunked", body);
const version = (name: string): string => `GET / ${name}\r\n${HOST}\r\n`;

/** What is refused, with what; each character is a byte. */
export const REFUSED: Readonly<Record<string, readonly [status: number, bytes: string]>> = {
  "two lengths that differ": [400, post("Content-Length: 5\r\nContent-Length: 6", "hello!")],
  "a list of lengths": [400, post("Content-Length: 5, 6", "hello!")],
  "a negative length": [400, post("Content-Length: -5")],
  "a length with a sign": [400, post("Content-Length: +5")],
  "a length in hexadecimal": [400, post("Content-Length: 0x5")],
  "a length with a space in it": [400, post("Content-Length: 5 5")],
  "a length of 20 digits": [400, post("Content-Length: 99999999999999999999")],
  "a length that overflows to 5": [400, post("Content-Length: 18446744073709551621")],
  "an empty length": [400, post("Content-Length: ", HIDDEN)],
  "a space before the colon of a length": [400, post("Content-Length : 5")],
  "a length and chunks": [
    400,
    post("Content-Length: 4\r\nTransfer-Encoding: chunked", `0\r\n\r\n${HIDDEN}`),
  ],
  "chunks and a length": [
    400,
    post(
      `Transfer-Encoding: chunked\r\nContent-Length: ${5 + HIDDEN.length}`,
      `0\r\n\r\n${HIDDEN}`,
    ),
  ],
  "a coding that is none": [400, post("Transfer-Encoding: identity\r\nContent-Length: 5")],
  "a coding that does not end in chunks": [400, post("Transfer-Encoding: gzip", HIDDEN)],
  "a coding that only looks like chunks": [
    400,
    post("Transfer-Encoding: xchunked", `0\r\n\r\n${HIDDEN}`),
  ],
  "chunks within chunks": [
    400,
    post("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked", "0\r\n\r\n"),
  ],
  "chunks that are not the last coding": [
    400,
    post("Transfer-Encoding: chunked, identity", `0\r\n\r\n${HIDDEN}`),
  ],
  "chunks behind a vertical tab": [
    400,
    post("Transfer-Encoding:\u000bchunked", `0\r\n\r\n${HIDDEN}`),
  ],
  "chunks in HTTP/1.0": [400, chunked("0\r\n\r\n").replace("HTTP/1.1", "HTTP/1.0")],
  "a chunk's size that is no number": [400, chunked("xyz\r\nhello\r\n0\r\n\r\n")],
  "a negative chunk's size": [400, chunked("-5\r\nhello\r\n0\r\n\r\n")],
  "a chunk's size with a prefix": [400, chunked("0x5\r\nhello\r\n0\r\n\r\n")],
  "a chunk's size with a space": [400, chunked("5 \r\nhello\r\n0\r\n\r\n")],
  "chunks with bare line feeds": [400, chunked("5\nhello\n0\n\n")],
  "a chunk's size that overflows to 5": [400, chunked("10000000000000005\r\nhello\r\n0\r\n\r\n")],
  "a chunk's size of 64 bits": [400, chunked("ffffffffffffffff\r\nhello\r\n0\r\n\r\n")],
  "a chunk that is longer than its size": [400, chunked("5\r\nhelloXX0\r\n\r\n")],
  "a NUL in the target": [505, `GET /a\0b HTTP/1.1\r\n${HOST}\r\n`],
  "a NUL in the method": [505, `G\0T / HTTP/1.1\r\n${HOST}\r\n`],
  "a NUL in a value": [400, get(`${HOST}X: a\0b\r\n`)],
  "a NUL in a name": [400, get(`${HOST}X\0: a\r\n`)],
  "bare line feeds": [505, "GET / HTTP/1.1\nHost: localhost\n\n"],
  "a bare line feed in a value": [400, get(`${HOST}X: a\nY: b\r\n`)],
  "a bare carriage return in a value": [400, get(`${HOST}X: a\rY: b\r\n`)],
  "a folded line": [400, get(`${HOST}X: a\r\n b\r\n`)],
  "a folded first line": [400, get(` ${HOST}`)],
  "a line without a colon": [400, get(`${HOST}nocolon\r\n`)],
  "an empty name": [400, get(`${HOST}: x\r\n`)],
  "a space in a name": [400, get(`${HOST}X A: x\r\n`)],
  "no Host": [400, get("")],
  "two Hosts": [400, get(`${HOST}Host: other\r\n`)],
  "the same Host twice": [400, get(HOST + HOST)],
  "a Host with a space": [400, get("Host: local host\r\n")],
  "a Host with a user": [400, get("Host: user:password@localhost\r\n")],
  "a Host with a path": [400, get("Host: localhost/path?query#\r\n")],
  "a Host with slashes": [400, get("Host: //localhost\r\n")],
  "a list of Hosts": [400, get("Host: localhost, other\r\n")],
  "a head of 2 MB": [431, get(`${HOST}X: ${"x".repeat(2_000_000)}\r\n`)],
  "201 fields": [431, get(HOST + "X: y\r\n".repeat(200))],
  "a request line of 2 MB": [431, `GET /${"x".repeat(2_000_000)} HTTP/1.1\r\n${HOST}\r\n`],
  "no version": [505, "GET /\r\n\r\n"],
  "HTTP/1.2": [505, version("HTTP/1.2")],
  "HTTP/1.10": [505, version("HTTP/1.10")],
  "HTTP/2.0": [505, version("HTTP/2.0")],
  "HTTP/3": [505, version("HTTP/3")],
  "a version in small letters": [505, version("http/1.1")],
  "another protocol": [505, version("HTTQ/1.1")],
  "the preface of HTTP/2": [400, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"],
  "a TLS hello": [400, "\u0016\u0003\u0001\u0000\u00ba\u0001\u0000\u0000\u00b6\u0003\u0003"],
  "bytes of no meaning": [400, "\u00ff\u00fe\0garbage"],
  "empty lines alone": [400, "\r\n\r\n\r\n\r\n"],
  "two spaces before the target": [400, `GET  / HTTP/1.1\r\n${HOST}\r\n`],
  "tabs instead of spaces": [505, `GET\t/\tHTTP/1.1\r\n${HOST}\r\n`],
  "no target": [400, `GET HTTP/1.1\r\n${HOST}\r\n`],
  "a target without a slash": [400, `GET api/tags HTTP/1.1\r\n${HOST}\r\n`],
  "a GET with a body": [400, get(`${HOST}Content-Length: ${HIDDEN.length}\r\n`) + HIDDEN],
};

/** What is odd and allowed: one request, which the upstream gets well-formed. */
export const ACCEPTED: Readonly<Record<string, string>> = {
  "the same length twice": post("Content-Length: 5\r\nContent-Length: 5"),
  "a chunk's extension": chunked("5;a=b\r\nhello\r\n0\r\n\r\n"),
  "a length that Connection names": post("Connection: content-length\r\nContent-Length: 5"),
  "a Host that Connection names": post("Connection: host\r\nContent-Length: 5"),
  "a body that looks like a request": post(`Content-Length: ${HIDDEN.length}`, HIDDEN),
  "chunks that look like a request": chunked(
    `${HIDDEN.length.toString(16)}\r\n${HIDDEN}\r\n0\r\n\r\n`,
  ),
  "an offer of HTTP/2": get(
    `${HOST}Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAAA\r\n`,
  ),
  "an unknown expectation": post("Expect: nonsense\r\nContent-Length: 5"),
};

/** What the client frames as more than one request, which is never more than that to the upstream. */
export const SEVERAL: Readonly<Record<string, readonly [requests: number, bytes: string]>> = {
  "two requests at once": [2, get(HOST) + get(HOST)],
  "a whole one and a bad one": [1, `${get(HOST)}bad\r\n\r\n`],
  "an upgrade and what it hides": [
    2,
    get(`${HOST}Connection: upgrade\r\nUpgrade: websocket\r\n`) + get(HOST),
  ],
  "more bytes than the length": [1, post("Content-Length: 5", "hello\r\n\r\nmore")],
};
