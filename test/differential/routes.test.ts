import { test } from "bun:test";
import type { Deviation } from "../support/deviations.ts";
import type { Exchange } from "../support/differential.ts";
import { chunkOf } from "../support/raw-upstream.ts";
import { answering, headOf, requestOf } from "../support/wire.ts";
import { onBunTargets } from "./stage.ts";

const JSON_TYPE = "Content-Type: application/json; charset=utf-8";
const PLAIN_JSON_TYPE = "Content-Type: application/json";
const LINES_TYPE = "Content-Type: application/x-ndjson";
const EVENTS_TYPE = "Content-Type: text/event-stream";
const DATE = "Date: Sun, 22 Nov 2026 09:00:00 GMT";
const MODEL = '{"model":"m"}';
const DIGEST = `sha256:${"0".repeat(64)}`;

const answer = (type: string, body: string, status = "200 OK"): string =>
  headOf(`HTTP/1.1 ${status}`, [type, DATE, `Content-Length: ${body.length}`]) + body;

/** As Ollama sends what does not fit its buffer of 2 KB. */
const large = (type: string, body: string): string =>
  headOf("HTTP/1.1 200 OK", [type, DATE, "Transfer-Encoding: chunked"]) +
  `${chunkOf(body).toString()}0\r\n\r\n`;

/** Routes of which there is no recording. */
const ANSWERS: readonly (readonly [string, string, string | undefined, string])[] = [
  ["HEAD", "/api/version", undefined, headOf("HTTP/1.1 200 OK", [JSON_TYPE, "Content-Length: 20"])],
  ["HEAD", "/api/tags", undefined, headOf("HTTP/1.1 200 OK", [JSON_TYPE, "Content-Length: 13"])],
  ["HEAD", "/api/ps", undefined, headOf("HTTP/1.1 405 Method Not Allowed", ["Content-Length: 22"])],
  ["GET", "/api/status", undefined, answer(JSON_TYPE, '{"cloud":{"disabled":false}}')],
  ["GET", "/api/tags", undefined, large(JSON_TYPE, `{"models":["${"m".repeat(5000)}"]}`)],
  ["POST", "/api/me", "", answer(JSON_TYPE, '{"error":"unauthorized"}', "401 Unauthorized")],
  ["POST", "/api/signout", "", answer(JSON_TYPE, "null")],
  ["DELETE", "/api/user/keys/a%2Fb+c=", "", answer(JSON_TYPE, "null")],
  ["POST", "/api/show", MODEL, large(JSON_TYPE, `{"tensors":["${"t".repeat(300_000)}"]}`)],
  ["POST", "/api/embed", MODEL, large(JSON_TYPE, `[${"0.125,".repeat(50_000)}0]`)],
  ["POST", "/api/generate", MODEL, large(JSON_TYPE, `{"response":"${"r".repeat(3000)}"}`)],
  [
    "POST",
    "/api/pull",
    '{"model":"m","stream":false}',
    answer(PLAIN_JSON_TYPE, '{"status":"success"}'),
  ],
  ["POST", "/api/push", MODEL, answer(JSON_TYPE, '{"error":"x"}', "500 Internal Server Error")],
  ["HEAD", `/api/blobs/${DIGEST}`, undefined, headOf("HTTP/1.1 200 OK", ["Content-Length: 0"])],
  ["POST", `/api/blobs/${DIGEST}`, "blob", headOf("HTTP/1.1 201 Created", ["Content-Length: 0"])],
  ["POST", "/api/experimental/web_search", '{"query":"q"}', answer(JSON_TYPE, '{"results":[]}')],
  ["POST", "/api/experimental/web_fetch", '{"url":"u"}', answer(JSON_TYPE, "{}")],
  ["GET", "/api/experimental/model-recommendations", undefined, answer(JSON_TYPE, "[]")],
  ["POST", "/v1/responses", MODEL, large(PLAIN_JSON_TYPE, `{"output":"${"o".repeat(4000)}"}\n`)],
  ["POST", "/v1/responses/compact", MODEL, answer(PLAIN_JSON_TYPE, "{}")],
  ["POST", "/v1/audio/transcriptions", "--b\r\n\r\nx\r\n--b--", large(LINES_TYPE, '{"text":"t"}')],
  ["PATCH", "/api/codex/a/b?c=d", MODEL, answer(JSON_TYPE, "{}")],
  ["GET", "/nope", undefined, answer("Content-Type: text/plain", "404 page not found", "404 No")],
];

const PULL = ["pulling manifest", "pulling 8eeb52dfb3bb", "verifying sha256 digest", "success"];
const lines = PULL.map((status) => `{"status":"${status}"}\n`);
const events = ["created", "output_text.delta", "completed"].map(
  (type) => `event: response.${type}\ndata: {"type":"response.${type}"}\n\n`,
);
const data = ["{}", '{"choices":[]}', "[DONE]"].map((text) => `data: ${text}\n\n`);

/** Streams, an event at a time. */
const STREAMS: readonly (readonly [string, string, readonly string[]])[] = [
  ["/api/pull", LINES_TYPE, lines],
  ["/api/push", LINES_TYPE, lines],
  ["/api/create", LINES_TYPE, lines],
  ["/api/chat", LINES_TYPE, ['{"done":false}\n', '{"error":"x"}\n']],
  ["/api/generate", LINES_TYPE, ['{"response":"a"}\n', '{"done":true,"context":[1]}\n']],
  ["/v1/chat/completions", EVENTS_TYPE, data],
  ["/v1/completions", EVENTS_TYPE, data],
  ["/v1/responses", EVENTS_TYPE, events],
  ["/v1/messages", EVENTS_TYPE, events],
];

const streaming = (path: string, type: string, parts: readonly string[]): Exchange => ({
  request: requestOf("POST", path, { body: MODEL }),
  async script({ client, server }) {
    await server.whole();
    server.write(headOf("HTTP/1.1 200 OK", [type, "Transfer-Encoding: chunked"]));
    let length = 0;
    for (const part of parts) {
      server.write(chunkOf(part));
      length += part.length;
      await client.has(length);
    }
    server.write("0\r\n\r\n");
  },
});

const PREFLIGHT = [
  "Origin: http://a.example",
  "Access-Control-Request-Method: POST",
  "Access-Control-Request-Headers: content-type",
] as const;

const ALLOWED = headOf("HTTP/1.1 204 No Content", ["Access-Control-Allow-Origin: *", "Vary: a"]);

const NO_BODY: Deviation = "A request without a body gets a Content-Length of 0";

onBunTargets("The route", (stage) => {
  test.each(ANSWERS)("%s %s answers the same", async (method, path, body, bytes) => {
    const request = requestOf(method, path, { ...(body !== undefined && { body }) });
    await stage.alike({ request, script: answering(bytes) });
  });

  test.each(STREAMS)("POST %s streams the same, event by event", async (path, type, parts) => {
    await stage.alike(streaming(path, type, parts));
  });

  test.each(["/api/chat", "/api/tags", "/v1/chat/completions", "/metrics"])(
    "OPTIONS %s answers the same to a preflight",
    async (path) => {
      const request = requestOf("OPTIONS", path, { fields: PREFLIGHT });
      await stage.alike({ request, script: answering(ALLOWED) }, NO_BODY);
    },
  );
});
