import { expect, test } from "bun:test";
import { runProgram } from "../support/exporter.ts";
import { messages } from "./log-lines.ts";
import { startOllama } from "./ollama.ts";

interface Start {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** What the program says at the start, up to the word about the upstream. */
async function startLog({ args = [], env = {} }: Start): Promise<string> {
  await using program = runProgram({ args, env });
  await program.says(/(?:the upstream |Ollama \S+ )(?:does not answer|answers).*\n/);
  return program.stderr();
}

const FLAG = "http://127.0.0.1:1";
const OWN = "http://127.0.0.1:2";
const OTHER = "http://127.0.0.1:3";

test.each([
  [[FLAG, OWN, OTHER], FLAG],
  [[FLAG, undefined, OTHER], FLAG],
  [[undefined, OWN, OTHER], OWN],
  [[undefined, undefined, OTHER], OTHER],
  [[undefined, "", OTHER], OTHER],
  [[undefined, undefined, undefined], "http://127.0.0.1:11434"],
  [[undefined, "", ""], "http://127.0.0.1:11434"],
])("flag, own variable and OLLAMA_HOST %j make the upstream %s", async (given, upstream) => {
  const [flag, own, other] = given;
  const args = ["--listen", "127.0.0.1:0", ...(flag === undefined ? [] : ["--upstream", flag])];
  const env = {
    ...(own === undefined ? {} : { OLLAMA_EXPORTER_UPSTREAM: own }),
    ...(other === undefined ? {} : { OLLAMA_HOST: other }),
  };
  expect(await startLog({ args, env })).toContain(` upstream=${upstream}\n`);
});

test("variables alone configure the program", async () => {
  await using ollama = startOllama();
  const env = {
    OLLAMA_EXPORTER_UPSTREAM: ollama.url,
    OLLAMA_EXPORTER_LISTEN: "127.0.0.1:0",
    OLLAMA_EXPORTER_METRICS_LISTEN: "127.0.0.1:0",
    OLLAMA_EXPORTER_LOG_FORMAT: "json",
    OLLAMA_EXPORTER_LOG_REQUESTS: "true",
  };
  await using program = runProgram({ args: [], env });
  const [, proxy] = await program.says(/"point clients at (http:\S+)"/);
  const [, metrics] = await program.says(/"point Prometheus at (http:\S+)\/metrics"/);
  expect(metrics).not.toBe(proxy);
  await fetch(`${proxy}/api/tags`);
  await program.says(/"message":"request".*"path":"\/api\/tags"/);
});

test("a flag beats its variable for booleans too", async () => {
  await using ollama = startOllama();
  const args = ["--upstream", ollama.url, "--listen", "127.0.0.1:0", "--no-log-requests"];
  const env = { OLLAMA_EXPORTER_LOG_REQUESTS: "true" };
  await using program = runProgram({ args, env });
  const [, url] = await program.says(/point clients at (\S+)/);
  expect((await fetch(`${url}/api/tags`)).status).toBe(200);
  program.signal("SIGTERM");
  expect((await program.exited).stderr).not.toContain("/api/tags");
});

test("unknown variables are warned about with the nearest name and without their values", async () => {
  const args = ["--listen", "127.0.0.1:0", "--upstream", FLAG];
  const env = {
    OLLAMA_EXPORTER_LISTN: "hunter2",
    OLLAMA_EXPORTER_UPSTREAM_URL_OF_MINE: "hunter2",
    OLLAMA_EXPORTERS: "not ours",
  };
  const log = await startLog({ args, env });
  expect(messages(log).filter((message) => message.startsWith("unknown variable"))).toEqual([
    "unknown variable OLLAMA_EXPORTER_LISTN is ignored; did you mean OLLAMA_EXPORTER_LISTEN?",
    "unknown variable OLLAMA_EXPORTER_UPSTREAM_URL_OF_MINE is ignored; see ollama-exporter --help",
  ]);
  expect(log).toMatch(/WARN {2}unknown variable OLLAMA_EXPORTER_LISTN/);
  expect(log).not.toContain("hunter2");
});

test("variables of the logging library change nothing", async () => {
  const args = ["--listen", "127.0.0.1:0", "--upstream", FLAG];
  const env = { CONSOLA_LEVEL: "0", DEBUG: "1", TEST: "1", CI: "1", NODE_ENV: "test" };
  const log = messages(await startLog({ args, env }));
  expect(log).toHaveLength(6);
});
