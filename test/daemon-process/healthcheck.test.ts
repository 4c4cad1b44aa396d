import { beforeAll, describe, expect, test } from "bun:test";
import { buildBinary, missing, runProgram, startExporter, TARGETS } from "../support/exporter.ts";
import { answerOf, startRawUpstream } from "../support/raw-upstream.ts";
import { check, healthyAt, noAnswerFrom, portOf, REMEDY, startAlone } from "./healthcheck.ts";
import { startOllama } from "./ollama.ts";
import { freePort, hasIpv6 } from "./tcp.ts";

describe.each(TARGETS)("on %s", (target) => {
  const testHere = test.skipIf(missing(target) !== undefined);
  beforeAll(async () => {
    if (target === "binary") await buildBinary();
  }, 30_000);

  testHere("a healthy exporter is asked directly, whatever the proxy variables say", async () => {
    await using proxy = await startRawUpstream(({ socket }) => socket.end(answerOf("proxied")));
    await using exporter = await startAlone();
    const names = ["HTTP_PROXY", "ALL_PROXY", "http_proxy", "all_proxy"];
    const env = Object.fromEntries(names.map((name) => [name, proxy.url]));
    const args = ["--listen", portOf(exporter)];
    expect(await check(args, env, target)).toEqual(healthyAt(exporter.url));
    expect(proxy.connections()).toBe(0);
  });

  testHere("a port where nobody listens is told", async () => {
    const port = await freePort();
    const told = await check(["--listen", String(port)], {}, target);
    expect(told).toEqual(noAnswerFrom(`http://127.0.0.1:${port}`));
  });

  testHere("a server that is not the exporter is told", async () => {
    await using ollama = startOllama();
    const { code, stderr } = await check(["--listen", String(ollama.port)], {}, target);
    expect(stderr).toBe(
      `ollama-exporter: what answers at ${ollama.url}/-/healthy is not ollama-exporter ` +
        `(status 404): ${REMEDY}\n`,
    );
    expect(code).toBe(1);
  });
});

test("every interface is asked on loopback", async () => {
  await using exporter = await startAlone();
  const port = portOf(exporter);
  for (const listen of [`:${port}`, `0.0.0.0:${port}`, `[::]:${port}`, `localhost:${port}`]) {
    const healthy = healthyAt(`http://localhost:${port}`);
    expect(await check([], { OLLAMA_EXPORTER_LISTEN: listen })).toEqual(healthy);
  }
});

test.skipIf(!hasIpv6)("an exporter on ::1 alone is found", async () => {
  const args = ["--upstream", "127.0.0.1:1", "--listen", "[::1]:0"];
  await using exporter = runProgram({ args });
  const [, port] = await exporter.says(/listens on \[::1\]:(\d+)/);
  const healthy = healthyAt(`http://[::1]:${port}`);
  expect(await check(["--listen", `[::1]:${port}`])).toEqual(healthy);
  const named = healthyAt(`http://localhost:${port}`);
  expect(await check(["--listen", `localhost:${port}`])).toEqual(named);
});

test("an exporter that answers to few names answers the healthcheck", async () => {
  await using exporter = await startAlone(["--allowed-hosts", "ollama.lan"]);
  const args = ["--listen", `:${portOf(exporter)}`];
  expect((await check(args)).code).toBe(0);
});

test("the metrics listener is the one that is asked", async () => {
  await using upstream = await startRawUpstream(({ socket }) =>
    socket.end(answerOf("not found", { status: "404 Not Found" })),
  );
  const listening = ["--metrics-listen", "127.0.0.1:0"];
  await using exporter = await startExporter({ upstream: upstream.url, args: listening });
  const [, url = ""] = await exporter.says(/point Prometheus at (\S+)\/metrics\n/);
  await exporter.says(/the upstream answers/);
  const env = { OLLAMA_EXPORTER_LISTEN: `:${portOf(exporter)}` };
  const both = { ...env, OLLAMA_EXPORTER_METRICS_LISTEN: new URL(url).host };
  expect(await check([], both)).toEqual(healthyAt(url));
  expect(upstream.visits).toHaveLength(1);

  const { code, stderr } = await check([], env);
  expect(stderr).toContain(`is not ollama-exporter (status 404): ${REMEDY}\n`);
  expect(code).toBe(1);
});

test("the exporter's other variables, right or wrong, do not disturb it", async () => {
  await using exporter = await startAlone();
  const env = {
    OLLAMA_EXPORTER_LISTEN: `127.0.0.1:${portOf(exporter)}`,
    OLLAMA_EXPORTER_UPSTREAM: "ftp://gpu-box",
    OLLAMA_EXPORTER_LOG_FORMAT: "json",
    OLLAMA_EXPORTER_GRACE_PERIOD: "soon",
    OLLAMA_EXPORTER_LISTN: "1",
    OLLAMA_HOST: "ftp://gpu-box",
  };
  expect(await check([], env)).toEqual(healthyAt(exporter.url));
});
