import { expect, test } from "bun:test";
import { VERSION } from "../../src/version.ts";
import { end, ONE_LINE } from "./ending.ts";

test.each([
  [["--upstrem", "gpu-1"], "unknown flag --upstrem; did you mean --upstream? See"],
  [["-x"], "unknown flag -x. See ollama-exporter --help"],
  [["srve"], 'unknown command "srve"'],
  [["--listen"], "--listen needs a value"],
  [["--upstream", "--log-requests"], "--upstream needs a value"],
  [["--listen="], "--listen needs a value"],
  [["--listen", "1", "--listen", "2"], "--listen is given twice"],
  [["--listen", "8000x"], '--listen "8000x" is not an address: use'],
  [["--metrics-listen", "gpu-1"], '--metrics-listen "gpu-1" has no port: use'],
  [["--listen", ":70000"], '--listen ":70000" has a port that is not a number up to 65535: use'],
  [["--upstream", "ftp://gpu-1"], '--upstream "ftp://gpu-1" has an unknown scheme: use http://'],
  [["--upstream", "gpu-1:x"], '--upstream "gpu-1:x" has a port that is not a number'],
  [["--log-level", "loud"], '--log-level "loud" is not a level: use error, warn, info or debug'],
  [["--log-format=xml"], '--log-format "xml" is not a format: use text or json'],
  [["--log-requests=maybe"], '--log-requests "maybe" is not a boolean: use true or false'],
  [["--grace-period", "25"], '--grace-period "25" has no unit: use ms, s, m or h'],
  [["--listen", "8000", "--metrics-listen", "8000"], '--metrics-listen "8000" is the address of'],
])("the words %j are a usage error in one line", async (args, message) => {
  const { code, stdout, stderr } = await end(args);
  expect(stderr).toMatch(ONE_LINE);
  expect(stderr).toContain(`ollama-exporter: ${message}`);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});

test.each([
  ["OLLAMA_EXPORTER_LISTEN", "nowhere"],
  ["OLLAMA_EXPORTER_GRACE_PERIOD", "soon"],
  ["OLLAMA_EXPORTER_LOG_REQUESTS", "perhaps"],
  ["OLLAMA_EXPORTER_UPSTREAM", "ftp://gpu-1"],
  ["OLLAMA_HOST", "ftp://gpu-1"],
])("a bad value in %s is a usage error that names the variable", async (variable, value) => {
  const { code, stdout, stderr } = await end([], { [variable]: value });
  expect(stderr).toMatch(ONE_LINE);
  expect(stderr).toContain(`ollama-exporter: ${variable} "${value}" `);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});

test("user information in the upstream is refused without being printed", async () => {
  for (const [args, env] of [
    [["--upstream", "http://me:hunter2@gpu-1"], {}],
    [[], { OLLAMA_HOST: "http://me:hunter2@gpu-1" }],
  ] as const) {
    const { code, stdout, stderr } = await end(args, env);
    expect(stderr).toMatch(ONE_LINE);
    expect(stderr).not.toContain("hunter2");
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  }
});

test("a value with a newline is still one line", async () => {
  const { code, stderr } = await end(["--listen", "a\nFORGED\u001b[2J"]);
  expect(stderr).toMatch(ONE_LINE);
  expect(stderr).not.toContain("\u001b");
  expect(code).toBe(2);
});

test.each(["--help", "-h"])("%s goes to stdout and ends with 0", async (flag) => {
  const { code, stdout, stderr } = await end([flag]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  for (const name of ["UPSTREAM", "LISTEN", "METRICS_LISTEN", "LOG_REQUESTS", "GRACE_PERIOD"]) {
    expect(stdout).toContain(`--${name.toLowerCase().replace("_", "-")}`);
    expect(stdout).toContain(`OLLAMA_EXPORTER_${name}`);
  }
  expect(stdout).toEndWith("\n");
});

test.each(["--version", "-v"])("%s goes to stdout and ends with 0", async (flag) => {
  expect(await end([flag])).toEqual({
    code: 0,
    stdout: `ollama-exporter ${VERSION} (source)\n`,
    stderr: "",
  });
});
