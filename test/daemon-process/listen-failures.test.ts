import { expect, test } from "bun:test";
import { startExporter } from "../support/exporter.ts";
import { end, ONE_LINE } from "./ending.ts";
import { freePort, listenTcp, type TcpServer } from "./tcp.ts";

const UPSTREAM = ["--upstream", "127.0.0.1:1"];

async function expectFailure(
  args: readonly string[],
  parts: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { code, stdout, stderr } = await end([...UPSTREAM, ...args], env);
  expect(stderr).toMatch(ONE_LINE);
  for (const part of parts) expect(stderr).toContain(part);
  expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
}

const IN_USE = "is in use by another program: stop it or choose another port";

test.each(["PORT", "127.0.0.1:PORT", "localhost:PORT", "0.0.0.0:PORT", ":PORT"])(
  "a busy port ends --listen %s with the flag, the value and the remedy",
  async (spelling) => {
    await using busy = await listenTcp();
    const listen = spelling.replace("PORT", String(busy.port));
    await expectFailure(["--listen", listen], [`--listen "${listen}"`, IN_USE]);
  },
);

test("a busy port is named by the variable that gave it", async () => {
  await using busy = await listenTcp();
  const listen = `127.0.0.1:${busy.port}`;
  const env = { OLLAMA_EXPORTER_LISTEN: listen };
  await expectFailure([], [`OLLAMA_EXPORTER_LISTEN "${listen}"`, IN_USE], env);
});

test("a busy default port ends with the flag that chooses another", async () => {
  // Whoever has port 8000 already serves as well.
  await using busy = await listenTcp(undefined, { port: 8000 }).catch((): TcpServer => ({
    port: 8000,
    async [Symbol.asyncDispose]() {},
  }));
  await expectFailure([], ["--listen", `127.0.0.1:${busy.port}`, IN_USE]);
});

test("a busy port ends --metrics-listen with the flag, the value and the remedy", async () => {
  await using busy = await listenTcp();
  const value = `127.0.0.1:${busy.port}`;
  const args = ["--listen", "127.0.0.1:0", "--metrics-listen", value];
  await expectFailure(args, [`--metrics-listen "${value}"`, IN_USE]);
});

test("the port of another exporter is busy", async () => {
  await using first = await startExporter({ upstream: "127.0.0.1:1", args: [] });
  const listen = first.url.slice("http://".length);
  await expectFailure(["--listen", listen], [`--listen "${listen}"`, IN_USE]);
});

test.each(["localhost:PORT", "0.0.0.0:PORT", ":PORT"])(
  "--metrics-listen %s cannot have the port that --listen has on 127.0.0.1",
  async (spelling) => {
    const port = String(await freePort());
    const value = spelling.replace("PORT", port);
    const args = ["--listen", port, "--metrics-listen", value];
    const { code, stdout, stderr } = await end([...UPSTREAM, ...args]);
    expect(stderr).toMatch(ONE_LINE);
    expect(stderr).toContain(`--metrics-listen "${value}"`);
    expect([1, 2]).toContain(code);
    expect(stdout).toBe("");
  },
);

test.each(["--listen", "--metrics-listen"])(
  "%s ends at an address of another machine",
  async (flag) => {
    // An address for documentation, RFC 5737.
    const value = "203.0.113.1:8000";
    const rest = flag === "--listen" ? [] : ["--listen", "127.0.0.1:0"];
    const remedy = "is no address of this machine: choose one that is, or :8000";
    await expectFailure([flag, value, ...rest], [`${flag} "${value}"`, remedy]);
  },
);

test("a host that does not resolve is a usage error that says so", async () => {
  const args = ["--listen", "nowhere.invalid:8000", ...UPSTREAM];
  const { code, stdout, stderr } = await end(args);
  expect(stderr).toMatch(ONE_LINE);
  expect(stderr).toContain('--listen "nowhere.invalid:8000" names a host that does not resolve');
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});
