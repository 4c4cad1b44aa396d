import { expect, test } from "bun:test";
import { DEFAULT_MODELS } from "../../scripts/simulated-ollama/default-models.ts";
import { buildBinary, missing, startExporter, TARGETS } from "../support/exporter.ts";
import { answerOf, startRawUpstream } from "../support/raw-upstream.ts";
import { HASH, webConfigStage } from "../web-config/stage.ts";
import { end, ONE_LINE } from "./ending.ts";
import { startOllama } from "./ollama.ts";
import { freePort, listenTcp, startRelay } from "./tcp.ts";

/** The line of the report about a thing, as in `! loop  likely: ...`. */
function lineOf(report: string, what: string): string {
  const line = report.split("\n").find((one) => one.slice(2).startsWith(`${what} `));
  return line?.replaceAll(/ {2,}(?=\S)/g, " ").trim() ?? "";
}

const free = async (): Promise<string> => `127.0.0.1:${await freePort()}`;

for (const target of TARGETS) {
  test.skipIf(missing(target) !== undefined)(
    `check tells what it has found, and that all is well, on ${target}`,
    async () => {
      if (target === "binary") await buildBinary();
      await using ollama = startOllama();
      const listen = await free();
      const args = ["check", "--upstream", ollama.url, "--listen", listen];
      const { code, stdout, stderr } = await end(args, {}, target);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(lineOf(stdout, "upstream")).toBe(`upstream ${ollama.url}`);
      expect(lineOf(stdout, "reachable")).toBe("reachable yes: Ollama 0.24.0");
      for (const { name } of DEFAULT_MODELS) expect(lineOf(stdout, "installed")).toContain(name);
      expect(lineOf(stdout, "loaded")).toBe("loaded no model");
      expect(lineOf(stdout, "scraping")).toMatch(/^scraping works: Ollama is asked in \d+ ms$/);
      expect(lineOf(stdout, "loop")).toBe("loop no");
      expect(lineOf(stdout, "clients")).toBe(`clients ${listen} is free`);
      expect(stdout).toEndWith("\nall is well\n");
    },
  );
}

test("an Ollama that is not there is a problem with its reason", async () => {
  const upstream = await free();
  const { code, stdout } = await end(["check", "--upstream", upstream, "--listen", await free()]);
  expect(lineOf(stdout, "! reachable".slice(2))).toBe(
    "! reachable no: nobody listens there: start Ollama, or check --upstream",
  );
  expect(stdout).toEndWith("\n1 problem\n");
  expect(code).toBe(1);
});

test("an upstream that is not Ollama cannot be scraped", async () => {
  await using upstream = await startRawUpstream(({ socket }) => {
    socket.write(answerOf("404 page not found", { status: "404 Not Found" }));
  });
  const args = ["check", "--upstream", upstream.url, "--listen", await free()];
  const { code, stdout } = await end(args);
  expect(lineOf(stdout, "reachable")).toContain("with status 404 and not as Ollama: check --up");
  expect(lineOf(stdout, "scraping")).toContain("! scraping fails in part: the answer of /api/ps,");
  expect(stdout).toEndWith("\n2 problems\n");
  expect(code).toBe(1);
});

test("a hung Ollama hangs nobody", async () => {
  await using upstream = await startRawUpstream(() => {});
  const args = ["check", "--upstream", upstream.url, "--listen", await free()];
  const { code, stdout } = await end(args);
  expect(lineOf(stdout, "reachable")).toContain("something listens there and gives no HTTP");
  expect(code).toBe(1);
});

test("a loop is found in the address, and through another name", async () => {
  const port = await freePort();
  const listen = `127.0.0.1:${port}`;
  await using relay = await startRelay(port);
  for (const upstream of [`localhost:${port}`, `127.0.0.1:${relay.port}`]) {
    const { code, stdout } = await end(["check", "--upstream", upstream, "--listen", listen]);
    expect(lineOf(stdout, "loop")).toBe(
      "! loop yes: the upstream leads back to this exporter: name Ollama's own address",
    );
    expect(code).toBe(1);
  }
});

test("an exporter that runs there already is no problem, and its upstream is looked at", async () => {
  await using ollama = startOllama();
  await using exporter = await startExporter({ upstream: ollama.url, args: [] });
  const { host } = new URL(exporter.url);
  const check = (upstream: string) => end(["check", "--upstream", upstream, "--listen", host]);
  const { code, stdout } = await check(ollama.url);
  expect(lineOf(stdout, "clients")).toBe(
    `clients ${host} is in use, by the ollama-exporter that runs`,
  );
  expect(code).toBe(0);

  await using relay = await startRelay(Number(new URL(exporter.url).port));
  const looped = await check(`127.0.0.1:${relay.port}`);
  expect(lineOf(looped.stdout, "loop")).toStartWith("! loop likely: the upstream is an ollama-e");
  expect(looped.code).toBe(1);
});

test("a chain of exporters is told, and is no problem", async () => {
  await using ollama = startOllama();
  await using exporter = await startExporter({ upstream: ollama.url, args: [] });
  const args = ["check", "--upstream", exporter.url, "--listen", await free()];
  const { code, stdout } = await end(args);
  expect(lineOf(stdout, "loop")).toBe("loop no, but the upstream is an ollama-exporter, too");
  expect(code).toBe(0);
});

test("beside an exporter that runs, an address that cannot be had is a problem", async () => {
  await using ollama = startOllama();
  const own = ["--metrics-listen", "127.0.0.1:0"];
  await using exporter = await startExporter({ upstream: ollama.url, args: own });
  const [, metrics = ""] = await exporter.says(/point Prometheus at http:\/\/(\S+)\/metrics\n/);
  const check = (listen: string) =>
    end(["check", "--upstream", ollama.url, "--metrics-listen", metrics, "--listen", listen]);
  const { host } = new URL(exporter.url);
  const running = await check(host);
  expect(lineOf(running.stdout, "clients")).toBe(
    `clients ${host} is in use, perhaps by the ollama-exporter that runs`,
  );
  expect(running.code).toBe(0);
  const foreign = await check("192.0.2.1:8000");
  expect(lineOf(foreign.stdout, "clients")).toContain('! clients --listen "192.0.2.1:8000" is no');
  expect(foreign.code).toBe(1);
});

test("addresses that others have are problems, each with its remedy", async () => {
  await using ollama = startOllama();
  await using first = await listenTcp();
  await using second = await listenTcp();
  const args = ["--listen", `127.0.0.1:${first.port}`, "--metrics-listen", String(second.port)];
  const { code, stdout } = await end(["check", "--upstream", ollama.url, ...args]);
  expect(lineOf(stdout, "clients")).toContain("is in use by another program: stop it or choose");
  expect(lineOf(stdout, "metrics")).toContain("is in use by another program: stop it or choose");
  expect(code).toBe(1);
});

test("names that models have cannot move the cursor", async () => {
  const name = "evil\u001B[2J\u202Ename";
  await using ollama = await startRawUpstream(({ request, socket }) => {
    const models = request.startLine.includes("/api/version")
      ? '{"version":"0.24.0\\u001b[1m"}'
      : JSON.stringify({ models: [{ name, model: name, size: 1 }] });
    socket.end(answerOf(models, { fields: ["Connection: close"] }));
  });
  const { stdout } = await end(["check", "--upstream", ollama.url, "--listen", await free()]);
  expect(stdout).toContain("evil");
  for (const hidden of ["\u001B", "\u202E"]) expect(stdout).not.toContain(hidden);
});

test("the web config file is looked at, too", async () => {
  await using ollama = startOllama();
  await using stage = await webConfigStage(`basic_auth_users: {a: "${HASH}"}`);
  const args = ["--upstream", ollama.url, "--web-config-file", stage.file.path];
  const check = async () => end(["check", ...args, "--listen", await free()]);
  expect(lineOf((await check()).stdout, "access")).toBe("access no TLS, 1 user");
  await stage.write("basic_auth_user: {}");
  const { code, stderr } = await check();
  expect(stderr).toMatch(ONE_LINE);
  expect(code).toBe(2);
});

test.skipIf(missing("deno") !== undefined)(
  "on Deno check refuses the web config file as serving does",
  async () => {
    await using stage = await webConfigStage(`basic_auth_users: {a: "${HASH}"}`);
    const args = ["check", "--web-config-file", stage.file.path, "--listen", await free()];
    const { code, stderr } = await end(args, {}, "deno");
    expect(stderr).toMatch(
      /^ollama-exporter: --web-config-file ".*" needs Bun or the binary: deno /,
    );
    expect(code).toBe(2);
  },
);
