import { test } from "bun:test";
import type { Exchange } from "../support/differential.ts";
import { answering, answeringAtLast, headOf, requestHead, requestOf } from "../support/wire.ts";
import { onBunTargets } from "./stage.ts";

const PATHS = ["/api/chat", "/api/blobs/sha256:0"] as const;
const BODY = '{"model":"m"}';
const SMALL = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

const SESSION: readonly Exchange[] = [
  { request: requestOf("GET", "/1") },
  {
    request: requestOf("HEAD", "/2"),
    script: answering("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n"),
  },
  {
    request: requestOf("POST", "/api/chat", { body: BODY }),
    script: answering("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"),
  },
  { request: requestOf("GET", "/4"), script: answering("HTTP/1.1 304 NM\r\nETag: a\r\n\r\n") },
  {
    request: requestOf("DELETE", "/5", { body: BODY }),
    script: answering("HTTP/1.1 204 No Content\r\n\r\n"),
  },
  { request: requestHead("PUT", "/6", ["Transfer-Encoding: chunked"]) + "2\r\nok\r\n0\r\n\r\n" },
  {
    request: requestOf("POST", "/7", { body: "" }),
    script: answering("HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n"),
  },
  { request: requestOf("GET", "/8") },
];

const OLD_HEADS: readonly (readonly [string, readonly string[]])[] = [
  ["with a Host", ["Host: localhost"]],
  ["without a Host", []],
  ["that keeps its connection", ["Host: localhost", "Connection: keep-alive"]],
];

onBunTargets("A connection", (stage) => {
  test("serves one request after the other", async () => {
    await stage.allAlike(SESSION);
    await stage.allAlike([...SESSION, ...SESSION.toReversed()]);
  });

  test("that the client will close serves its last request", async () => {
    await stage.allAlike([
      { request: requestOf("GET", "/1") },
      { request: requestOf("GET", "/2", { fields: ["Connection: close"] }) },
    ]);
  });

  test("that the upstream closes after an answer has brought all of it", async () => {
    const fields = ["Connection: close", "Content-Length: 2"];
    const script = answeringAtLast(`${headOf("HTTP/1.1 200 OK", fields)}ok`);
    for (const method of ["GET", "DELETE"])
      await stage.alike({
        request: requestOf(method, "/x", { ...(method === "DELETE" && { body: "" }) }),
        script,
      });
  });

  test.each(OLD_HEADS)("of an HTTP/1.0 client %s is served", async (_, fields) => {
    const own = ["User-Agent: test", "Accept: */*", ...fields];
    const get = headOf("GET /api/tags HTTP/1.0", own);
    await stage.alike({ request: get });
    await stage.alike({ request: get, script: answeringAtLast("HTTP/1.0 200 OK\r\n\r\nok") });
    const post = headOf("POST /api/chat HTTP/1.0", [...own, `Content-Length: ${BODY.length}`]);
    await stage.alike({ request: post + BODY });
  });

  test.each(PATHS)(
    "on which the body for %s waits to be called for gets its answer",
    async (path) => {
      const fields = ["Expect: 100-continue", `Content-Length: ${BODY.length}`];
      await stage.alike({
        request: requestHead("POST", path, fields),
        async follow(client) {
          await client.until(({ interim }) => interim.length > 0);
          client.write(BODY);
        },
        async script({ server }) {
          server.write("HTTP/1.1 100 Continue\r\n\r\n");
          await server.whole();
          server.write(SMALL);
        },
      });
    },
  );

  test("has its answer before the body was read", async () => {
    const head = requestHead("POST", "/api/blobs/sha256:0", ["Content-Length: 1000000"]);
    await stage.alike({
      request: `${head}some`,
      async script({ server }) {
        await server.has(4);
        server.write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
      },
    });
    await stage.alike({
      request: `${head}some`,
      async script({ server }) {
        await server.has(4);
        server.end("HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 2\r\n\r\nno");
      },
    });
  });
});
