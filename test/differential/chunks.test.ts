import { test } from "bun:test";
import type { Deviation } from "../support/deviations.ts";
import type { Exchange } from "../support/differential.ts";
import { headOf, requestHead, requestOf } from "../support/wire.ts";
import type { End } from "../support/wire-end.ts";
import { onBunTargets } from "./stage.ts";

const PATHS = ["/api/chat", "/api/generate", "/v1/chat/completions", "/api/pull"] as const;

const CHUNKED = ["Transfer-Encoding: chunked"] as const;
const STREAM = headOf("HTTP/1.1 200 OK", CHUNKED);
const ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

type Script = NonNullable<Exchange["script"]>;

/** Each part is written when the client has the text of all before it, and then this happens. */
const gated =
  (head: string, parts: readonly string[], ending: (server: End) => void): Script =>
  async ({ client, server }) => {
    await server.whole();
    server.write(head);
    let length = 0;
    for (const part of parts) {
      server.write(part);
      length += part.replaceAll(/\d|\s/g, "").length;
      await client.has(length);
    }
    ending(server);
  };

const LINES = ["3\r\none\r\n", "3\r\ntwo\r\n", "5\r\nthree\r\n"] as const;

const post = (path: string, script: Script): Exchange => ({
  request: requestOf("POST", path, { body: '{"model":"m"}' }),
  script,
});

const LENGTH = "A length becomes chunks unless the answer comes in one read";
const UNTIL_CLOSE = "An answer that ends with its connection becomes chunked";
const WITH_LENGTH = headOf("HTTP/1.1 200 OK", ["Content-Length: 11"]);
const WITHOUT = headOf("HTTP/1.1 200 OK");
const TEXT = ["one", "two", "three"] as const;

const ANSWERS: readonly (readonly [string, Script, ...Deviation[]])[] = [
  ["in chunks", gated(STREAM, LINES, (server) => server.write("0\r\n\r\n"))],
  ["with a length", gated(WITH_LENGTH, TEXT, () => {}), LENGTH],
  ["that ends with its connection", gated(WITHOUT, TEXT, (server) => server.end()), UNTIL_CLOSE],
  ["in chunks that are cut between two", gated(STREAM, LINES, (server) => server.end())],
  ["in chunks that are cut within one", gated(STREAM, ["9\r\none"], (server) => server.end())],
  ["in chunks that are torn off", gated(STREAM, LINES, (server) => server.destroy())],
  [
    "with a length that it never reaches",
    gated(WITH_LENGTH, ["one"], (server) => server.end()),
    LENGTH,
  ],
];

onBunTargets("A chunk", (stage) => {
  for (const path of PATHS) {
    test.each(ANSWERS)(
      `from ${path} comes when it was sent: an answer %s`,
      async (_, script, ...except) => {
        await stage.alike(post(path, script), ...except);
      },
    );
  }

  test.each(PATHS)("of a request to %s arrives when it was sent", async (path) => {
    await stage.alike({
      request: `${requestHead("POST", path, CHUNKED)}d\r\n{"model":"m"}\r\n`,
      async script({ client, server }) {
        await server.has(13);
        client.write("3\r\ntwo\r\n");
        await server.has(16);
        client.write("0\r\n\r\n");
        await server.whole();
        server.write(ANSWER);
      },
    });
  });

  test.each(PATHS)("of a request to %s with a length arrives when it was sent", async (path) => {
    await stage.alike({
      request: `${requestHead("POST", path, ["Content-Length: 16"])}{"model":"m"}`,
      async script({ client, server }) {
        await server.has(13);
        client.write("two");
        await server.whole();
        server.write(ANSWER);
      },
    });
  });

  test.each(PATHS)("of an answer and one of a request to %s take turns", async (path) => {
    await stage.alike({
      request: `${requestHead("POST", path, CHUNKED)}d\r\n{"model":"m"}\r\n`,
      async script({ client, server }) {
        await server.has(13);
        server.write(`${STREAM}1\r\na\r\n`);
        await client.has(1);
        client.write("1\r\nb\r\n");
        await server.has(14);
        server.write("1\r\nc\r\n");
        await client.has(2);
        client.write("0\r\n\r\n");
        await server.whole();
        server.write("0\r\n\r\n");
      },
    });
  });
});
