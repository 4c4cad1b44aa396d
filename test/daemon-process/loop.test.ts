import { expect, test } from "bun:test";
import { startExporter } from "../support/exporter.ts";
import { fieldValues } from "../support/http-message.ts";
import { exchange } from "../support/raw-client.ts";
import { answerOf, type RawUpstream, startRawUpstream } from "../support/raw-upstream.ts";
import { type End, end } from "./ending.ts";
import { startOllama } from "./ollama.ts";
import { get } from "./raw-request.ts";
import { freePort, hasIpv6, startRelay } from "./tcp.ts";

const HEADER = "ollama-exporter-probe";

function expectLoop({ code, stdout, stderr }: End, source: string, value: string): void {
  expect(stderr.split("\n").filter((line) => line.includes("leads back"))).toEqual([
    `ollama-exporter: ${source} "${value}" leads back to this exporter itself: ` +
      "name Ollama's own address, as in --upstream http://127.0.0.1:11434",
  ]);
  expect(stderr).toEndWith("as in --upstream http://127.0.0.1:11434\n");
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
}

test("a loop through a relay ends the program, and is said once", async () => {
  const port = await freePort();
  await using relay = await startRelay(port);
  const upstream = `127.0.0.1:${relay.port}`;
  const args = ["--listen", `127.0.0.1:${port}`, "--upstream", upstream];
  expectLoop(await end(args), "--upstream", upstream);
});

test("a loop through a relay to the metrics listener ends the program", async () => {
  const port = await freePort();
  await using relay = await startRelay(port);
  const upstream = `127.0.0.1:${relay.port}`;
  const args = ["--listen", "127.0.0.1:0", "--metrics-listen", `127.0.0.1:${port}`];
  expectLoop(await end(args, { OLLAMA_HOST: upstream }), "OLLAMA_HOST", upstream);
});

test("a loop through a second exporter ends the first one alone", async () => {
  const port = await freePort();
  await using second = await startExporter({ upstream: `127.0.0.1:${port}`, args: [] });
  await second.says(/the upstream does not answer/);
  const args = ["--listen", `127.0.0.1:${port}`, "--upstream", second.url];
  expectLoop(await end(args), "--upstream", second.url);
  expect((await fetch(`${second.url}/metrics`)).status).toBe(200);
});

test.skipIf(!hasIpv6)(
  "a localhost that leads to the listener on ::1 ends the program",
  async () => {
    const port = await freePort();
    const args = ["--listen", `[::1]:${port}`, "--upstream", `localhost:${port}`];
    expectLoop(await end(args), "--upstream", `localhost:${port}`);
  },
);

test("a chain of two exporters is no loop", async () => {
  await using ollama = startOllama();
  await using first = await startExporter({ upstream: ollama.url, args: [] });
  await using second = await startExporter({ upstream: first.url, args: [] });
  await Promise.all([
    first.says(/Ollama 0\.24\.0 answers/),
    second.says(/Ollama 0\.24\.0 answers/),
  ]);
  expect((await fetch(`${second.url}/api/tags`)).status).toBe(200);
});

function startVersionUpstream(): Promise<RawUpstream> {
  return startRawUpstream(({ socket }) => socket.write(answerOf('{"version":"0.24.0"}')));
}

test("a client's header of the same name is forwarded unchanged", async () => {
  await using upstream = await startVersionUpstream();
  await using exporter = await startExporter({ upstream: upstream.url, args: [] });
  await exporter.says(/Ollama 0\.24\.0 answers/);
  await exchange(exporter.url, get("/api/version", [`${HEADER}: whatever`]));
  const request = upstream.visits.at(-1)?.request;
  expect(request && fieldValues(request, HEADER)).toEqual(["whatever"]);
});

test("a client's header of the same name is forwarded while the question is open", async () => {
  await using upstream = await startRawUpstream(({ request, socket }) => {
    if (request.startLine.includes("/mine")) socket.write(answerOf("served"));
  });
  await using exporter = await startExporter({ upstream: upstream.url, args: [] });
  const { body } = await exchange(exporter.url, get("/mine", [`${HEADER}: whatever`]));
  expect(String(body)).toBe("served");
});

test("the number of a question that was answered means nothing any more", async () => {
  await using upstream = await startVersionUpstream();
  await using exporter = await startExporter({ upstream: upstream.url, args: [] });
  await exporter.says(/Ollama 0\.24\.0 answers/);
  const [visit] = upstream.visits;
  const [nonce = ""] = visit ? fieldValues(visit.request, HEADER) : [];
  expect(nonce).not.toBe("");
  const { startLine } = await exchange(exporter.url, get("/api/version", [`${HEADER}: ${nonce}`]));
  expect(startLine).toBe("HTTP/1.1 200 OK");
});

test("clients' own requests carry no such header upstream", async () => {
  await using upstream = await startVersionUpstream();
  await using exporter = await startExporter({ upstream: upstream.url, args: [] });
  await exporter.says(/Ollama 0\.24\.0 answers/);
  await exchange(exporter.url, get("/api/tags"));
  const request = upstream.visits.at(-1)?.request;
  expect(request?.startLine).toBe("GET /api/tags HTTP/1.1");
  expect(request && fieldValues(request, HEADER)).toEqual([]);
});
