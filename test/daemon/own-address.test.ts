import { describe, expect, test } from "bun:test";
import { networkInterfaces } from "node:os";
import { parseUpstream } from "../../src/cli/upstream-address.ts";
import type { ListenAddress } from "../../src/config.ts";
import { refuseOwnAddress } from "../../src/daemon/own-address.ts";
import { CommandError } from "../../src/errors.ts";

const listenerAt = (hostname: string, port: number): ListenAddress => ({
  hostname,
  port,
  source: "--listen",
  value: `${hostname}:${port}`,
});

/** What is said of an upstream when we listen there; undefined if nothing. */
async function refusal(
  upstream: string,
  listeners: readonly (readonly [hostname: string, port: number])[],
  source = "OLLAMA_HOST",
): Promise<CommandError | undefined> {
  try {
    const own = listeners.map(([hostname, port]) => listenerAt(hostname, port));
    await refuseOwnAddress(parseUpstream(upstream, source), own);
    return undefined;
  } catch (error) {
    if (error instanceof CommandError) return error;
    throw error;
  }
}

const [elsewhere] = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .filter(({ internal, family }) => !internal && family === "IPv4")
  .map(({ address }) => address);

describe("an upstream that is our own listener is refused", () => {
  test.each([
    ["http://127.0.0.1:8000", "127.0.0.1"],
    ["127.0.0.1:8000", "127.0.0.1"],
    ["http://localhost:8000", "127.0.0.1"],
    ["http://LOCALHOST:8000/", "127.0.0.1"],
    ["http://127.1:8000", "127.0.0.1"],
    ["http://0x7f000001:8000", "127.0.0.1"],
    ["http://2130706433:8000", "127.0.0.1"],
    ["http://[::ffff:127.0.0.1]:8000", "127.0.0.1"],
    ["http://[::ffff:7f00:1]:8000", "127.0.0.1"],
    ["http://[0:0:0:0:0:ffff:7f00:1]:8000", "127.0.0.1"],
    ["0.0.0.0:8000", "127.0.0.1"],
    [":8000", "127.0.0.1"],
    ["http://127.0.0.1:8000/base/path", "127.0.0.1"],
    ["http://127.0.0.1:8000", "localhost"],
    ["http://[::1]:8000", "::1"],
    ["http://[0:0:0:0:0:0:0:1]:8000", "::1"],
    ["[::]:8000", "::1"],
    ["http://127.0.0.1:8000", ""],
    ["http://127.9.9.9:8000", ""],
    ["http://127.9.9.9:8000", "0.0.0.0"],
    ["http://127.9.9.9:8000", "::"],
    ["http://[::1]:8000", ""],
    ["http://localhost:8000", ""],
    ["http://127.0.0.1:8000", "0.0.0.0"],
    ["http://127.0.0.1:8000", "::"],
    ["http://[::1]:8000", "::"],
  ])("%s while we listen on %j", async (upstream, hostname) => {
    const error = await refusal(upstream, [[hostname, 8000]]);
    expect(error?.exitCode).toBe(2);
  });

  test.skipIf(elsewhere === undefined)("by an address of this machine's network", async () => {
    const upstream = `http://${elsewhere}:8000`;
    for (const hostname of ["", "0.0.0.0", "::", elsewhere ?? ""]) {
      expect((await refusal(upstream, [[hostname, 8000]]))?.exitCode).toBe(2);
    }
    expect(await refusal(upstream, [["127.0.0.1", 8000]])).toBeUndefined();
  });

  test("at the listener of the metrics too", async () => {
    const listeners = [["127.0.0.1", 8000] as const, ["127.0.0.1", 9000] as const];
    expect((await refusal("http://127.0.0.1:9000", listeners))?.exitCode).toBe(2);
  });
});

describe("an upstream that is another is not refused", () => {
  test.each([
    ["http://127.0.0.1:11434", "127.0.0.1"],
    ["http://127.0.0.1:8001", ""],
    ["http://127.0.0.2:8000", "127.0.0.1"],
    ["http://[::1]:8000", "127.0.0.1"],
    ["http://127.0.0.1:8000", "::1"],
    ["http://192.0.2.1:8000", ""],
    ["http://192.0.2.1:8000", "127.0.0.1"],
    ["http://no-such-host.invalid:8000", "127.0.0.1"],
  ])("%s while we listen on %j", async (upstream, hostname) => {
    expect(await refusal(upstream, [[hostname, 8000]])).toBeUndefined();
  });
});

test.each(["--upstream", "OLLAMA_HOST", "OLLAMA_EXPORTER_UPSTREAM"])(
  "the refusal names %s, the value as it was written and the remedy, on one line",
  async (source) => {
    const error = await refusal(" LocalHost:8000", [["127.0.0.1", 8000]], source);
    expect(error?.message).toStartWith(`${source} " LocalHost:8000" `);
    expect(error?.message).toContain("--upstream http://127.0.0.1:11434");
    expect(error?.message).not.toContain("\n");
  },
);
