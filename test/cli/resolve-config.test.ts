import { describe, expect, test } from "bun:test";
import { resolveConfig } from "../../src/cli/resolve-config.ts";

test("nothing given is all defaults", () => {
  expect(resolveConfig({}, {})).toEqual({
    config: {
      upstream: {
        protocol: "http:",
        hostname: "127.0.0.1",
        port: 11434,
        basePath: "",
        source: "default",
        value: "http://127.0.0.1:11434",
      },
      listen: { hostname: "127.0.0.1", port: 8000, source: "default", value: "127.0.0.1:8000" },
      metricsPath: "/metrics",
      observe: ["chat"],
      maxModels: 100,
      logLevel: "info",
      logFormat: "text",
      logRequests: false,
      drainDelay: 0,
      gracePeriod: 25_000,
    },
    warnings: [],
  });
});

describe("each setting is read from its flag and from its variable", () => {
  test.each([
    ["observe", "generate,chat", { observe: ["chat", "generate"] }],
    ["max-models", "7", { maxModels: 7 }],
    ["log-level", "debug", { logLevel: "debug" }],
    ["log-format", "json", { logFormat: "json" }],
    ["log-requests", "true", { logRequests: true }],
    ["metrics-path", "/m", { metricsPath: "/m" }],
    ["drain-delay", "5s", { drainDelay: 5000 }],
    ["grace-period", "1m", { gracePeriod: 60_000 }],
    ["upstream", "https://h/p", { upstream: { hostname: "h", port: 443, basePath: "/p" } }],
    ["listen", ":1", { listen: { hostname: "", port: 1 } }],
    ["metrics-listen", "9877", { metricsListen: { hostname: "127.0.0.1", port: 9877 } }],
  ])("%s %s", (flag, text, part) => {
    const variable = `OLLAMA_EXPORTER_${flag.toUpperCase().replaceAll("-", "_")}`;
    expect(resolveConfig({ [flag]: text }, {}).config).toMatchObject(part);
    expect(resolveConfig({}, { [variable]: text }).config).toMatchObject(part);
  });
});

describe("the flag beats the environment, which beats the default", () => {
  test.each([
    [{ upstream: "a" }, { OLLAMA_EXPORTER_UPSTREAM: "b", OLLAMA_HOST: "c" }, "a", "--upstream"],
    [{}, { OLLAMA_EXPORTER_UPSTREAM: "b", OLLAMA_HOST: "c" }, "b", "OLLAMA_EXPORTER_UPSTREAM"],
    [{}, { OLLAMA_EXPORTER_UPSTREAM: "", OLLAMA_HOST: "c" }, "c", "OLLAMA_HOST"],
    [{}, { OLLAMA_HOST: "" }, "127.0.0.1", "default"],
  ])("%j %j", (flags, env, hostname, source) => {
    expect(resolveConfig(flags, env).config.upstream).toMatchObject({ hostname, source });
  });

  test("also when a flag switches off what a variable switched on", () => {
    const env = { OLLAMA_EXPORTER_LOG_REQUESTS: "true" };
    expect(resolveConfig({ "log-requests": false }, env).config.logRequests).toBe(false);
  });

  test("a value that is not used is not judged", () => {
    const env = { OLLAMA_EXPORTER_LOG_LEVEL: "loud", OLLAMA_HOST: "tcp://h" };
    expect(() => resolveConfig({ "log-level": "warn", upstream: "h" }, env)).not.toThrow();
  });
});

describe("a message names where the value came from, the value and the remedy", () => {
  test.each([
    [
      { listen: "8000x" },
      {},
      '--listen "8000x" is not an address: use PORT, :PORT or HOST:PORT, as in --listen 127.0.0.1:8000',
    ],
    [
      {},
      { OLLAMA_EXPORTER_METRICS_LISTEN: "h" },
      'OLLAMA_EXPORTER_METRICS_LISTEN "h" has no port: use PORT, :PORT or HOST:PORT, as in OLLAMA_EXPORTER_METRICS_LISTEN=127.0.0.1:8000',
    ],
    [
      {},
      { OLLAMA_EXPORTER_LOG_LEVEL: "loud" },
      'OLLAMA_EXPORTER_LOG_LEVEL "loud" is not a level: use error, warn, info or debug',
    ],
    [{ "log-format": "xml" }, {}, '--log-format "xml" is not a format: use text or json'],
    [
      {},
      { OLLAMA_EXPORTER_LOG_REQUESTS: "1" },
      'OLLAMA_EXPORTER_LOG_REQUESTS "1" is not a boolean: use true or false',
    ],
    [
      { "grace-period": "9" },
      {},
      '--grace-period "9" has no unit: use ms, s, m or h, as in --grace-period 25s',
    ],
    [{}, { OLLAMA_HOST: "::1:2" }, 'OLLAMA_HOST "::1:2" lacks brackets: use [::1]:2'],
  ])("%j %j", (flags, env, message) => {
    expect(() => resolveConfig(flags, env)).toThrow(message);
  });
});

describe("metrics on the clients' own address", () => {
  const message = "is the address of --listen: use another port, or leave it out";

  test("are refused", () => {
    const same = { "metrics-listen": "127.1:8000" };
    expect(() => resolveConfig(same, {})).toThrow(`--metrics-listen "127.1:8000" ${message}`);
    const env = { OLLAMA_EXPORTER_METRICS_LISTEN: ":1" };
    expect(() => resolveConfig({ listen: ":1" }, env)).toThrow(
      `OLLAMA_EXPORTER_METRICS_LISTEN ":1" ${message}`,
    );
  });

  test("may both leave the choice of a port to the system", () => {
    expect(() => resolveConfig({ listen: "0", "metrics-listen": "0" }, {})).not.toThrow();
  });

  test("may share the port on another host", () => {
    expect(() => resolveConfig({ "metrics-listen": "127.0.0.2:8000" }, {})).not.toThrow();
  });
});
