import { expect, test } from "bun:test";
import type { Socket } from "node:net";
import { get, post } from "../daemon-process/raw-request.ts";
import { freePort } from "../daemon-process/tcp.ts";
import { buildBinary, startExporter } from "../support/exporter.ts";
import { fieldValues, type HttpMessage } from "../support/http-message.ts";
import { exchange } from "../support/raw-client.ts";
import { SECRET, startScene } from "./scene.ts";

const REQUESTS = [
  get(`/api/tags?${SECRET}`),
  get("/api/version").replace("GET", "HEAD"),
  post(`/api/chat?${SECRET}`, '{"model":"m"}'),
  post(`/api/generate?${SECRET}`, '{"model":"m"}'),
  post(`/api/blobs/sha256:00?${SECRET}`, "b".repeat(200_000)),
  post(`/api/delete?${SECRET}`, '{"model":"m"}').replace("POST", "DELETE"),
  get(`/v1/models?${SECRET}`, ["Transfer-Encoding: chunked"]).replace("GET", "PUT") + "0\r\n\r\n",
];

function expectUnreachable(answer: HttpMessage): void {
  expect(answer.startLine).toBe("HTTP/1.1 502 Bad Gateway");
  expect(fieldValues(answer, "content-type")).toEqual(["application/json; charset=utf-8"]);
  const body = answer.framing === "none" ? "" : String(answer.body);
  if (body !== "") expect(JSON.parse(body)).toEqual({ error: expect.any(String) });
  expect(fieldValues(answer, "content-length")).not.toEqual(["0"]);
}

async function expectAllUnreachable(url: string): Promise<void> {
  for (const request of REQUESTS) expectUnreachable(await exchange(url, request));
}

/** What an upstream does to a connection instead of answering. */
const FAULTS: Readonly<Record<string, (socket: Socket) => void>> = {
  "closes it at once": (socket) => socket.end(),
  "resets it at once": (socket) => socket.resetAndDestroy(),
  "reads and closes": (socket) => socket.once("data", () => socket.end()),
  "reads and resets": (socket) => socket.once("data", () => socket.resetAndDestroy()),
  "closes without reading": (socket) => socket.pause().end(),
  "answers garbage": sends("\u0000\u0001garbage\r\n\r\n\r\n"),
  "answers a line of text": sends("ERR unknown command 'GET'\r\n"),
  "answers with TLS": sends(Buffer.from("15030100020228", "hex")),
  "answers with HTTP/2": sends(Buffer.from("00000604000000000000040000ffff", "hex")),
  "answers half a status line": sends("HTTP/1.1 20"),
  "answers half a head": sends("HTTP/1.1 200 OK\r\nContent-Type: applic"),
  "answers a head without its end": sends("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"),
};

/** Says this to the first bytes of a request and closes. */
function sends(bytes: string | Buffer): (socket: Socket) => void {
  return (socket) => socket.once("data", () => socket.end(bytes));
}

test.each(Object.entries(FAULTS))(
  "an upstream that takes a connection and %s is answered for with 502",
  async (_, fault) => {
    await using scene = await startScene();
    scene.take(fault);
    await expectAllUnreachable(scene.url);
    await scene.expectHealthy();
  },
);

test.each(["127.0.0.1", "localhost", "nowhere.invalid"])(
  "an upstream on %s that is not there is answered for with 502 and one line of the log",
  async (hostname) => {
    await buildBinary();
    const port = await freePort();
    const upstream = `http://${hostname}:${port}`;
    await using exporter = await startExporter({ target: "binary", upstream, args: [] });
    await exporter.says(/the upstream does not answer/);
    await expectAllUnreachable(exporter.url);
    expect((await fetch(`${exporter.url}/metrics`)).status).toBe(200);

    exporter.signal("SIGTERM");
    const { code, stderr } = await exporter.exited;
    expect(code).toBe(0);
    const lines = stderr.split("\n");
    expect(lines.filter((line) => line.includes(`:${port}`))).toHaveLength(1);
    expect(lines.filter((line) => line.includes("requests get 502"))).toEqual([
      expect.stringContaining("the upstream does not answer: requests get 502 until it does"),
      expect.stringMatching(/the upstream cannot be reached: requests get 502 requests=1$/),
    ]);
    expect(stderr).not.toContain(SECRET);
    expect(stderr).not.toContain("ECONN");
  },
  // A resolver may take its time to say no.
  30_000,
);

test("an upstream that dies with connections kept open is answered for with 502", async () => {
  await using scene = await startScene();
  for (const request of REQUESTS.slice(1)) await exchange(scene.url, request);
  await scene.upstream.stop();
  await expectAllUnreachable(scene.url);
  expect(scene.exporter.stderr()).not.toContain(SECRET);
});
