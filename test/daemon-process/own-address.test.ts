import { expect, test } from "bun:test";
import { lookup } from "node:dns/promises";
import { hostname, networkInterfaces } from "node:os";
import { runProgram } from "../support/exporter.ts";
import { end, ONE_LINE } from "./ending.ts";
import { freePort } from "./tcp.ts";

const REMEDY = "name Ollama's own address, as in --upstream http://127.0.0.1:11434";

function refused(source: string, value: string): string {
  return `ollama-exporter: ${source} "${value}" leads back to this exporter itself: ${REMEDY}\n`;
}

async function expectRefusal(listen: string, value: string): Promise<void> {
  const { code, stdout, stderr } = await end(["--listen", listen, "--upstream", value]);
  expect(stderr).toBe(refused("--upstream", value));
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
}

test.each([
  "127.0.0.1:PORT",
  "http://127.0.0.1:PORT",
  "https://127.0.0.1:PORT/base",
  "localhost:PORT",
  "LocalHost:PORT",
  "127.1:PORT",
  "0x7f.1:PORT",
  "[::ffff:127.0.0.1]:PORT",
  "0.0.0.0:PORT",
  ":PORT",
  ' "127.0.0.1:PORT" ',
])("an upstream spelled %s is seen to be the listener on 127.0.0.1", async (spelling) => {
  const port = String(await freePort());
  const value = spelling.replace("PORT", port);
  const { code, stdout, stderr } = await end(["--listen", port, "--upstream", value]);
  expect(stderr).toMatch(ONE_LINE);
  expect(stderr).toBe(refused("--upstream", value.replaceAll('"', '\\"')));
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});

test.each([":PORT", "0.0.0.0:PORT", "[::]:PORT"])(
  "an upstream on loopback is seen to be the listener %s",
  async (spelling) => {
    const port = String(await freePort());
    const listen = spelling.replace("PORT", port);
    await expectRefusal(listen, `127.0.0.1:${port}`);
    await expectRefusal(listen, `localhost:${port}`);
    if (!listen.startsWith("0")) await expectRefusal(listen, `[::1]:${port}`);
  },
);

const ownName = await lookup(hostname()).then(
  () => hostname(),
  () => undefined,
);

test.skipIf(ownName === undefined)("an upstream by this machine's name is refused", async () => {
  const port = await freePort();
  await expectRefusal(`:${port}`, `${ownName}:${port}`);
});

const outside = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ family, internal }) => family === "IPv4" && !internal)?.address;

test.skipIf(outside === undefined)("an upstream by this machine's address is refused", async () => {
  const port = await freePort();
  await expectRefusal(`0.0.0.0:${port}`, `${outside}:${port}`);
});

test.each(["OLLAMA_EXPORTER_UPSTREAM", "OLLAMA_HOST"])(
  "an upstream that is the listener is refused when %s names it",
  async (variable) => {
    const port = String(await freePort());
    const value = `127.0.0.1:${port}`;
    const { code, stderr } = await end(["--listen", port], { [variable]: value });
    expect(stderr).toBe(refused(variable, value));
    expect(code).toBe(2);
  },
);

test("an upstream that is the default is refused", async () => {
  const { code, stderr } = await end(["--listen", "11434"]);
  expect(stderr).toMatch(ONE_LINE);
  expect(stderr).toContain('"http://127.0.0.1:11434" leads back to this exporter itself');
  expect(code).toBe(2);
});

test("an upstream that is the metrics listener is refused", async () => {
  const value = `127.0.0.1:${await freePort()}`;
  const args = ["--listen", "127.0.0.1:0", "--metrics-listen", value, "--upstream", value];
  const { code, stderr } = await end(args);
  expect(stderr).toBe(refused("--upstream", value));
  expect(code).toBe(2);
});

test("an upstream on the same port of another address is not refused", async () => {
  const port = await freePort();
  const args = ["--listen", `127.0.0.1:${port}`, "--upstream", `127.0.0.2:${port}`];
  await using program = runProgram({ args });
  await program.says(/the upstream does not answer/);
});
