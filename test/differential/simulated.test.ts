import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import {
  type SimulatedOllama,
  startSimulatedOllama,
} from "../../scripts/simulated-ollama/server.ts";
import { buildBinary, type RunningExporter, startExporter } from "../support/exporter.ts";
import type { HttpMessage } from "../support/http-message.ts";
import { exchange } from "../support/raw-client.ts";
import { requestOf } from "../support/wire.ts";

const MESSAGES = '"messages":[{"role":"user","content":"hi"}]';
const MODEL = '"model":"llama3.2"';
const DIGEST = new Bun.CryptoHasher("sha256").update("blob").digest("hex");

/** In this order, because some change what others answer. */
const REQUESTS: readonly (readonly [method: string, path: string, body?: string])[] = [
  ["GET", "/"],
  ["HEAD", "/"],
  ["GET", "/api/version"],
  ["HEAD", "/api/version"],
  ["GET", "/api/tags"],
  ["HEAD", "/api/tags"],
  ["GET", "/api/ps"],
  ["POST", "/api/show", `{${MODEL}}`],
  ["POST", "/api/chat", `{${MODEL},${MESSAGES}}`],
  ["POST", "/api/chat", `{${MODEL},${MESSAGES},"stream":false}`],
  ["POST", "/api/chat", `{${MODEL},${MESSAGES},"stream":false,"options":{"num_predict":900}}`],
  ["POST", "/api/chat", `{${MODEL}}`],
  ["POST", "/api/chat", '{"model":"nobody"}'],
  ["POST", "/api/chat", "{"],
  ["POST", "/api/chat", ""],
  ["POST", "/api/generate", `{${MODEL},"prompt":"hi"}`],
  ["POST", "/api/generate", `{${MODEL},"prompt":"hi","stream":false}`],
  ["GET", "/api/ps"],
  ["POST", "/api/embed", '{"model":"nomic-embed-text","input":["a","b"]}'],
  ["POST", "/api/embeddings", '{"model":"nomic-embed-text","prompt":"a"}'],
  ["POST", "/v1/chat/completions", `{${MODEL},${MESSAGES},"stream":true}`],
  ["POST", "/v1/chat/completions", `{${MODEL},${MESSAGES}}`],
  ["GET", "/v1/models"],
  ["POST", "/api/pull", '{"model":"pulled"}'],
  ["POST", "/api/pull", '{"model":"pulled","stream":false}'],
  ["POST", "/api/create", '{"model":"made","from":"llama3.2"}'],
  ["POST", "/api/copy", '{"source":"llama3.2","destination":"copied"}'],
  ["DELETE", "/api/delete", '{"model":"copied"}'],
  ["DELETE", "/api/delete", '{"model":"copied"}'],
  ["HEAD", `/api/blobs/sha256:${DIGEST}`],
  ["POST", `/api/blobs/sha256:${DIGEST}`, "blob"],
  ["POST", `/api/blobs/sha256:${DIGEST}`, "blob"],
  ["HEAD", `/api/blobs/sha256:${DIGEST}`],
  ["POST", "/api/blobs/sha256:0", "blob"],
  ["PUT", "/api/chat", "{}"],
  ["GET", "/nope"],
];

const ROWS = REQUESTS.map(([method, path, body = null]) => [method, path, body] as const);

describe.each(["source", "binary"] as const)("A simulated Ollama behind %s", (target) => {
  let near: SimulatedOllama;
  let exporter: RunningExporter;
  const started = new AsyncDisposableStack();
  beforeAll(async () => {
    if (target === "binary") await buildBinary();
    near = startSimulatedOllama({ pace: 0 });
    started.defer(near.stop);
    const far = startSimulatedOllama({ pace: 0 });
    started.defer(far.stop);
    exporter = started.use(await startExporter({ target, upstream: far.url, args: [] }));
  }, 30_000);
  afterAll(() => started.disposeAsync());

  test.each(ROWS)("answers %s %s as it does straight: %s", async (method, path, body) => {
    const request = requestOf(method, path, body === null ? {} : { body });
    const straight = await exchange(near.url, request);
    expect(comparable(await exchange(exporter.url, request))).toEqual(comparable(straight));
  });
});

/** Without points in time. At pace 0 durations are the nominal ones and the same. */
function comparable({ startLine, fields, body, framing }: HttpMessage): unknown {
  const text = body.toString().replaceAll(/"(\w+_at|created)":("[^"]*"|\d+)/g, '"$1":"then"');
  const kept = fields
    .map(([name, value]) => `${name.toLowerCase()}: ${value}`)
    .filter((field) => !/^(date|connection|keep-alive):|^content-length: [1-9]/.test(field));
  return { status: startLine.split(" ")[1], fields: kept.toSorted(), text, framing };
}
