import { expect, test } from "bun:test";
import { answerOf, chunkOf, startRawUpstream } from "../support/raw-upstream.ts";
import { ONE_LINE } from "./ending.ts";
import { check, noAnswerFrom, startAlone } from "./healthcheck.ts";
import { listenTcp } from "./tcp.ts";

const ENDLESS = Buffer.concat([
  Buffer.from("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"),
  chunkOf("ollama-exporter is healthy.\n".repeat(2)),
]);

test.each([
  ["a page", answerOf("<html>it works</html>"), 200],
  ["nothing", answerOf(""), 200],
  ["more than the exporter says", answerOf("ollama-exporter is healthy.\n\n"), 200],
  ["without end", ENDLESS, 200],
  [
    "the right words with another status",
    answerOf("ollama-exporter is healthy.\n", { status: "500 Oh" }),
    500,
  ],
])("a server that answers %s is not the exporter", async (_, answer, status) => {
  await using server = await startRawUpstream(({ socket }) => void socket.write(answer));
  const { code, stdout, stderr } = await check(["--listen", String(server.port)]);
  expect(stderr).toMatch(ONE_LINE);
  expect(stderr).toContain(`${server.url}/-/healthy is not ollama-exporter (status ${status}): `);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
});

test("a redirect to a healthy exporter is not followed", async () => {
  await using exporter = await startAlone();
  const fields = [`Location: ${exporter.url}/-/healthy`];
  const answer = answerOf("", { status: "302 Found", fields });
  await using server = await startRawUpstream(({ socket }) => void socket.write(answer));
  const { code, stderr } = await check(["--listen", String(server.port)]);
  expect(stderr).toContain("is not ollama-exporter (status 302)");
  expect(code).toBe(1);
});

test.each([
  ["closes at once", (): string => ""],
  ["speaks no HTTP", (): string => "220 mail.example ESMTP\r\n"],
])("a server that %s gives no answer", async (_, greeting) => {
  await using server = await listenTcp((socket) => socket.end(greeting()));
  const args = ["--listen", String(server.port)];
  expect(await check(args)).toEqual(noAnswerFrom(`http://127.0.0.1:${server.port}`));
});

test.each([
  [["--listen", ":0"], {}, '--listen ":0" has port 0, which cannot be connected to: use the port'],
  [[], { OLLAMA_EXPORTER_METRICS_LISTEN: "0" }, 'OLLAMA_EXPORTER_METRICS_LISTEN "0" has port 0, '],
  [[], { OLLAMA_EXPORTER_LISTEN: "nowhere" }, 'OLLAMA_EXPORTER_LISTEN "nowhere" has no port: use'],
  [["--upstream", "x"], {}, "unknown flag --upstream. See ollama-exporter healthcheck --help"],
  [["--listn", "1"], {}, "unknown flag --listn; did you mean --listen? See"],
  [["8000"], {}, 'unexpected argument "8000". See ollama-exporter healthcheck --help'],
])("the words %j and the variables %j are a usage error", async (words, env, message) => {
  const { code, stdout, stderr } = await check(words, env);
  expect(stderr).toMatch(ONE_LINE);
  expect(stderr).toContain(`ollama-exporter: ${message}`);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});
