import { describe, expect, test } from "bun:test";
import { parseUpstream } from "../../../src/cli/upstream-address.ts";
import { localNetworkHint, whyUnreachable } from "../../../src/daemon/check/unreachable.ts";
import { freePort, listenTcp } from "../../daemon-process/tcp.ts";

const why = (upstream: string) => whyUnreachable(parseUpstream(upstream, "--upstream"));

test("a port where nobody listens is told from one where something listens", async () => {
  expect(await why(`127.0.0.1:${await freePort()}`)).toStartWith("nobody listens there: start Ol");
  await using server = await listenTcp();
  expect(await why(`127.0.0.1:${server.port}`)).toStartWith("something listens there, and gives");
});

test("a name that does not resolve is told", async () => {
  expect(await why("no-such-host.invalid")).toBe("its name does not resolve: check --upstream");
});

describe("the hint at macOS' Local Network access", () => {
  test("is given for a private address without a way to it, on macOS", () => {
    for (const address of ["192.168.1.20", "10.0.0.5", "fd00::1"]) {
      expect(localNetworkHint("EHOSTUNREACH", [address], "darwin")).toBe(
        "; macOS may be in the way: System Settings, Privacy & Security, Local Network",
      );
    }
  });

  test.each([
    ["EHOSTUNREACH", "192.168.1.20", "linux"],
    ["ECONNREFUSED", "192.168.1.20", "darwin"],
    [undefined, "192.168.1.20", "darwin"],
    ["EHOSTUNREACH", "203.0.113.5", "darwin"],
    ["EHOSTUNREACH", "127.0.0.1", "darwin"],
  ])("is not given for %s of %s on %s", (code, address, platform) => {
    expect(localNetworkHint(code, [address], platform)).toBe("");
  });
});
