import { describe, expect, test } from "bun:test";
import { parseUpstream } from "../../src/cli/upstream-address.ts";
import type { Config, ListenAddress } from "../../src/config.ts";
import { announce, announceUpstream } from "../../src/daemon/announce.ts";
import { createLog, type Log } from "../../src/log.ts";
import { VERSION } from "../../src/version.ts";

/** The lines that are said, without their times. */
function said(say: (log: Log) => void): string[] {
  const lines: string[] = [];
  const write = (line: string): void => void lines.push(line.slice(line.indexOf(" ") + 1, -1));
  say(createLog({ level: "debug", format: "text", write }));
  return lines;
}

const listenAt = (hostname: string): ListenAddress => ({
  hostname,
  port: 0,
  source: "--listen",
  value: hostname,
});

interface Addresses {
  readonly listen: string;
  readonly metricsListen?: string;
  readonly metricsPath?: string;
  readonly tls?: boolean;
  readonly upstream?: string;
}

function announced({
  listen,
  metricsListen,
  metricsPath = "/metrics",
  tls = false,
  upstream = "http://gpu-box:11434",
}: Addresses): string[] {
  const config: Config = {
    upstream: parseUpstream(upstream, "--upstream"),
    listen: listenAt(listen),
    ...(metricsListen !== undefined && { metricsListen: listenAt(metricsListen) }),
    metricsPath,
    observe: ["chat"],
    maxModels: 100,
    logLevel: "info",
    logFormat: "text",
    logRequests: false,
    drainDelay: 0,
    gracePeriod: 25_000,
  };
  const ports = { proxy: 8000, own: metricsListen === undefined ? 8000 : 9000, tls };
  return said((log) => announce(log, config, ports, "bun 1.4.5"));
}

const WARNING = /^WARN .*can use, pull and delete models/;

test("the start says version, address, runtime and upstream, and who points where", () => {
  expect(announced({ listen: "127.0.0.1" })).toEqual([
    `INFO  ollama-exporter ${VERSION} listens on 127.0.0.1:8000 ` +
      'revision=source runtime="bun 1.4.5" upstream=http://gpu-box:11434',
    "INFO  point clients at http://127.0.0.1:8000",
    "INFO  point Prometheus at http://127.0.0.1:8000/metrics",
    "INFO  the live page is at http://127.0.0.1:8000/-/",
    "INFO  containers and other machines cannot reach this address: they need --listen :8000",
  ]);
});

describe.each(["127.0.0.1", "127.8.8.8", "::1", "localhost"])("on %s", (listen) => {
  test("the start tells what containers need, and warns of nothing", () => {
    const lines = announced({ listen });
    expect(lines.filter((line) => line.includes("they need --listen :8000")).length).toBe(1);
    expect(lines.filter((line) => line.startsWith("WARN"))).toEqual([]);
  });
});

describe.each(["", "0.0.0.0", "::", "10.0.0.7", "gpu-box", "fd00::1"])("on %j", (listen) => {
  test("the start warns once that whoever reaches it can do everything", () => {
    const lines = announced({ listen });
    expect(lines.filter((line) => WARNING.test(line)).length).toBe(1);
    expect(lines.join()).not.toContain("they need --listen");
  });
});

test.each([
  ["", ":8000", "127.0.0.1:8000"],
  ["0.0.0.0", "0.0.0.0:8000", "127.0.0.1:8000"],
  ["::", "[::]:8000", "[::1]:8000"],
  ["::1", "[::1]:8000", "[::1]:8000"],
  ["10.0.0.7", "10.0.0.7:8000", "10.0.0.7:8000"],
])("on %j it listens on %s and is reached at %s", (listen, own, reachable) => {
  const [first, clients, prometheus] = announced({ listen });
  expect(first).toContain(` listens on ${own} `);
  expect(clients).toBe(`INFO  point clients at http://${reachable}`);
  expect(prometheus).toBe(`INFO  point Prometheus at http://${reachable}/metrics`);
});

test("Prometheus is pointed at the listener of the metrics if there is one", () => {
  const lines = announced({ listen: "127.0.0.1", metricsListen: "" });
  expect(lines).toContain("INFO  point clients at http://127.0.0.1:8000");
  expect(lines).toContain("INFO  point Prometheus at http://127.0.0.1:9000/metrics");
  expect(lines).toContain("INFO  the live page is at http://127.0.0.1:9000/");
  expect(lines.filter((line) => WARNING.test(line))).toEqual([]);
});

test("Prometheus is pointed at --metrics-path, and by https where there is TLS", () => {
  const metricsPath = "/exporter";
  const shared = announced({ listen: "127.0.0.1", metricsPath, tls: true });
  expect(shared).toContain("INFO  point clients at https://127.0.0.1:8000");
  expect(shared).toContain("INFO  point Prometheus at https://127.0.0.1:8000/exporter");
  const apart = announced({ listen: "127.0.0.1", metricsListen: "127.0.0.1", tls: true });
  expect(apart).toContain("INFO  point clients at http://127.0.0.1:8000");
  expect(apart).toContain("INFO  the live page is at https://127.0.0.1:9000/");
});

test.each([
  ["http://[::1]:1/base", "http://[::1]:1/base"],
  ["https://gpu-box", "https://gpu-box:443"],
])("the upstream %s is told as %s", (upstream, told) => {
  expect(announced({ listen: "127.0.0.1", upstream })[0]).toEndWith(` upstream=${told}`);
});

describe("of the upstream", () => {
  test("that is Ollama the version is told", () => {
    const lines = said((log) =>
      announceUpstream(log, { kind: "ollama", version: "0.24.0" }, false),
    );
    expect(lines).toEqual(["INFO  Ollama 0.24.0 answers"]);
  });

  test("that is something else the status is told, as a warning with a remedy", () => {
    const lines = said((log) => announceUpstream(log, { kind: "other", status: 404 }, true));
    expect(lines).toEqual([expect.stringMatching(/^WARN .*--upstream status=404$/)]);
  });

  test("that is silent it is told that we run on, as a warning with a remedy", () => {
    const lines = said((log) => announceUpstream(log, { kind: "silent" }, false));
    expect(lines).toEqual([
      expect.stringMatching(
        /^WARN .*502 until it does; check --upstream, and ollama-exporter check says why$/,
      ),
    ]);
  });

  test("that is silent and unnamed in a container it is told where Ollama may be", () => {
    const lines = said((log) => announceUpstream(log, { kind: "silent" }, true));
    expect(lines).toEqual([expect.stringMatching(/^WARN .*502 until it does; in a container /)]);
    expect(lines[0]).toContain("--upstream http://ollama:11434 ");
    expect(lines[0]).toContain("--upstream http://host.docker.internal:11434 ");
  });

  test("whatever calls itself a version is told on one line", () => {
    const version = "0.24.0 answers\n2026-11-22T12:00:00.000Z INFO  all is well\u001B[2J";
    const [line, ...rest] = said((log) =>
      announceUpstream(log, { kind: "ollama", version }, false),
    );
    expect(rest).toEqual([]);
    expect(line).not.toContain("\n");
    expect(line).not.toContain("\u001B");
  });
});
