import { expect, test } from "bun:test";
import { answering, requestOf } from "../support/wire.ts";
import { onBunTargets } from "./stage.ts";

/** The usual ones, and those of RFC 2068, 2518, 3253, 3744, 4791, 5323, 5842, 10008 and of caches. */
const METHODS = [
  "POST PUT PATCH DELETE OPTIONS",
  "ACL BIND CHECKOUT COPY LINK LOCK M-SEARCH MERGE MKACTIVITY MKCALENDAR MKCOL MOVE NOTIFY",
  "PROPFIND PROPPATCH PURGE QUERY REBIND REPORT SEARCH SOURCE SUBSCRIBE UNBIND UNLINK UNLOCK",
  "UNSUBSCRIBE",
].flatMap((methods) => methods.split(" "));

onBunTargets("A request", (stage) => {
  test.each(METHODS)("with %s and a body arrives as it is", async (method) => {
    await stage.alike({ request: requestOf(method, "/api/x", { body: '{"model":"m"}' }) });
  });

  test.each(METHODS)("with %s and no body arrives", async (method) => {
    const request = requestOf(method, "/api/x");
    await stage.alike({ request }, "A request without a body gets a Content-Length of 0");
  });

  test.each(METHODS)("with %s and a length of 0 arrives", async (method) => {
    await stage.alike({ request: requestOf(method, "/api/x", { body: "" }) });
  });

  test("with GET arrives as it is", async () => {
    await stage.alike({ request: requestOf("GET", "/api/x") });
    await stage.alike({ request: requestOf("GET", "/api/chat") });
  });

  test("with HEAD arrives as it is", async () => {
    const script = answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n");
    await stage.alike({ request: requestOf("HEAD", "/api/x"), script });
  });

  test.each(["TRACE", "CONNECT"])("with %s is refused and never arrives", async (method) => {
    await stage.alike({ request: requestOf(method, "/api/x") }, "TRACE and CONNECT are refused");
  });

  test.each(["FOO", "TRACK", "get", "Post", "GETS", "X"])(
    "with the method %s, which no RFC knows, never arrives as another one",
    async (method) => {
      const request = requestOf(method, "/api/x");
      await stage.alike({ request }, "A method that no RFC knows closes the connection");
    },
  );

  test.each(["GET", "HEAD"])("with %s and a body is refused, not robbed of it", async (method) => {
    const request = requestOf(method, "/api/x", { body: "body" });
    const { through } = await stage.both([{ request, script: ({ server }) => server.end(EMPTY) }]);
    expect(through[0]?.client.status).toBe(400);
    expect(through[0]?.upstream).toBeUndefined();
  });

  test("with GET and a chunked body is refused, not robbed of it", async () => {
    const head = requestOf("GET", "/api/x", { fields: ["Transfer-Encoding: chunked"] });
    const { through } = await stage.both([{ request: `${head}1\r\nx\r\n0\r\n\r\n` }]);
    expect(through[0]?.client.status).toBe(400);
    expect(through[0]?.upstream).toBeUndefined();
  });
});

const EMPTY = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
