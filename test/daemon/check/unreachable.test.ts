import { afterAll, beforeAll, describe, expect, test } from "bun:test";
import { parseUpstream } from "../../../src/cli/upstream-address.ts";
import { localNetworkHint, whyUnreachable } from "../../../src/daemon/check/unreachable.ts";
import { type Certificates, makeCertificates } from "../../support/certificates.ts";
import { skipWithout } from "../../support/skip-without.ts";
import { freePort, listenTcp } from "../../daemon-process/tcp.ts";

const why = (upstream: string) => whyUnreachable(parseUpstream(upstream, "--upstream"));

test("a port where nobody listens is told from one where something listens", async () => {
  expect(await why(`127.0.0.1:${await freePort()}`)).toStartWith("nobody listens there: start Ol");
  await using server = await listenTcp();
  expect(await why(`127.0.0.1:${server.port}`)).toStartWith("something listens there and gives no");
});

test("a name that does not resolve is told", async () => {
  expect(await why("no-such-host.invalid")).toBe("its name does not resolve: check --upstream");
});

const serve = (tls?: Bun.TLSOptions) =>
  Bun.serve({ hostname: "127.0.0.1", port: 0, ...(tls && { tls }), fetch: () => new Response() });

const reason = skipWithout("openssl");
describe.skipIf(reason !== undefined)("of an upstream by https", () => {
  let certificates: Certificates;
  beforeAll(async () => void (certificates = await makeCertificates()));
  afterAll(() => certificates[Symbol.asyncDispose]());
  const pair = async () => ({
    cert: await certificates.text("server.pem"),
    key: await certificates.text("server.key"),
  });

  test("it is told that its certificate is not trusted, and where its authority is named", async () => {
    using server = serve(await pair());
    const said = await why(`https://127.0.0.1:${server.port}`);
    expect(said).toStartWith(
      "its certificate is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT): set NODE",
    );
  });

  test("it is told that the other protocol is spoken there", async () => {
    using secure = serve(await pair());
    using plain = serve();
    expect(await why(`http://127.0.0.1:${secure.port}`)).toBe(
      "it speaks TLS there: name it by https://",
    );
    expect(await why(`https://127.0.0.1:${plain.port}`)).toBe(
      "it speaks no TLS there: name it by http://",
    );
  });
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
