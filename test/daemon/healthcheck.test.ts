import { expect, test } from "bun:test";
import type { ListenAddress } from "../../src/config.ts";
import { healthcheck } from "../../src/daemon/healthcheck.ts";
import { failure } from "../../src/errors.ts";
import { startRawUpstream } from "../support/raw-upstream.ts";

const at = (port: number): ListenAddress => ({
  hostname: "127.0.0.1",
  port,
  source: "--listen",
  value: String(port),
});

const HEAD = "HTTP/1.1 200 OK\r\nContent-Length: 28\r\n\r\n";

test.each([
  ["nothing", ""],
  ["half a head", "HTTP/1.1 200 OK\r\nContent-"],
  ["a head without its body", HEAD],
  ["half a body", `${HEAD}ollama-exporter`],
])("a server that accepts and answers %s is given up at the deadline", async (_, answer) => {
  await using server = await startRawUpstream(({ socket }) => void socket.write(answer));
  const url = `http://127.0.0.1:${server.port}/-/healthy`;
  const error: unknown = await healthcheck(at(server.port), 50).catch((thrown: unknown) => thrown);
  expect(error).toEqual(
    failure(
      `no answer from ${url} within 0.05 s: ` +
        "restart ollama-exporter, or give the --listen and --metrics-listen that it has",
    ),
  );
});
