import { beforeAll, expect, test } from "bun:test";
import { existsSync, readFileSync } from "node:fs";
import { beginChat, LAST, startOpenChats } from "../daemon-process/open-chats.ts";
import { listenTcp } from "../daemon-process/tcp.ts";
import { VERSION } from "../../src/version.ts";
import { buildBinary, runProgram, startExporter } from "../support/exporter.ts";

beforeAll(buildBinary);

test.each([
  ["two words", '"two words"'],
  ["a\u{1f999}ü", '"a\u{1f999}ü"'],
  ["'$HOME' *", "\"'$HOME' *\""],
  ['"q"\\', '"\\"q\\"\\\\"'],
  ["--", '"--"'],
])("the binary reads the flag value %j", async (value, quoted) => {
  await using program = runProgram({ target: "binary", args: [`--log-level=${value}`] });
  const { code, stderr } = await program.exited;
  expect(stderr).toStartWith(`ollama-exporter: --log-level ${quoted} is not a level: `);
  expect(code).toBe(2);
});

test("the binary ends with 0, 1 and 2", async () => {
  await using version = runProgram({ target: "binary", args: ["--version"] });
  const { code, stdout, stderr } = await version.exited;
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toStartWith(`ollama-exporter ${VERSION} (`);

  await using empty = runProgram({ target: "binary", args: [""] });
  expect(await empty.exited).toMatchObject({ code: 2, stdout: "" });

  await using taken = await listenTcp();
  const args = ["--listen", `127.0.0.1:${taken.port}`];
  await using unable = runProgram({ target: "binary", args });
  expect(await unable.exited).toMatchObject({ code: 1, stdout: "" });
});

test.each(["SIGINT", "SIGTERM"] as const)("%s ends the binary with 0", async (signal) => {
  await using upstream = await startOpenChats();
  await using exporter = await startExporter({
    target: "binary",
    upstream: upstream.url,
    args: [],
  });
  await exporter.says(/Ollama 0\.24\.0 answers/);
  exporter.signal(signal);
  const { code, stderr } = await exporter.exited;
  expect(stderr).toEndWith(" INFO  shutting down\n");
  expect(code).toBe(0);
});

test("a second signal ends the binary with the code of the signal", async () => {
  await using upstream = await startOpenChats();
  const args = ["--grace-period", "10m"];
  await using exporter = await startExporter({ target: "binary", upstream: upstream.url, args });
  using client = await beginChat(exporter.url);
  exporter.signal("SIGINT");
  await exporter.says(/shutting down: 1 running/);
  exporter.signal("SIGTERM");
  expect((await exporter.exited).code).toBe(143);
  expect(String(await client.closed)).not.toContain(LAST);
});

test.skipIf(!existsSync("/proc/self/environ"))("the binary keeps its process id", async () => {
  await using upstream = await startOpenChats();
  const env = { OLLAMA_EXPORTER_LOG_LEVEL: "info" };
  const options = {
    target: "binary",
    upstream: upstream.url,
    args: ["--log-requests"],
    env,
  } as const;
  await using exporter = await startExporter(options);
  // Who has the raised limit is started anew.
  const environment = readFileSync(`/proc/${exporter.pid}/environ`, "utf8").split("\0");
  expect(environment).toContain("BUN_CONFIG_MAX_HTTP_REQUESTS=65336");
  expect(environment).toContain("OLLAMA_EXPORTER_LOG_LEVEL=info");
  const given = readFileSync(`/proc/${exporter.pid}/cmdline`, "utf8").split("\0").slice(1, -1);
  expect(given).toEqual(["--upstream", upstream.url, "--listen", "127.0.0.1:0", "--log-requests"]);
});
