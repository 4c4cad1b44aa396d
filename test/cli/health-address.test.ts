import { describe, expect, test } from "bun:test";
import { healthAddress } from "../../src/cli/health-address.ts";

const LISTEN = "OLLAMA_EXPORTER_LISTEN";
const METRICS_LISTEN = "OLLAMA_EXPORTER_METRICS_LISTEN";

describe("the exporter is asked on the listener that has its own paths", () => {
  test.each([
    [{}, {}, "127.0.0.1", 8000],
    [{ listen: "9000" }, {}, "127.0.0.1", 9000],
    [{}, { [LISTEN]: ":9000" }, "", 9000],
    [{ listen: "1" }, { [LISTEN]: "2" }, "127.0.0.1", 1],
    [{ "metrics-listen": "3" }, {}, "127.0.0.1", 3],
    [{ listen: "1", "metrics-listen": "3" }, {}, "127.0.0.1", 3],
    [{ listen: "1" }, { [METRICS_LISTEN]: "[::1]:4" }, "::1", 4],
    [{ "metrics-listen": "3" }, { [METRICS_LISTEN]: "4" }, "127.0.0.1", 3],
    [{ listen: ":0", "metrics-listen": "3" }, {}, "127.0.0.1", 3],
    [{}, { [LISTEN]: "", [METRICS_LISTEN]: "" }, "127.0.0.1", 8000],
  ])("%j %j", (flags, env, hostname, port) => {
    expect(healthAddress(flags, env)).toMatchObject({ hostname, port });
  });
});

describe("a port that the system chose is refused", () => {
  const remedy = "use the port that the exporter listens on, as in";
  test.each([
    [{ listen: ":0" }, {}, '--listen ":0"', "--listen 127.0.0.1:8000"],
    [{}, { [LISTEN]: "0" }, `${LISTEN} "0"`, `${LISTEN}=127.0.0.1:8000`],
    [
      { listen: "1", "metrics-listen": "0" },
      {},
      '--metrics-listen "0"',
      "--metrics-listen 127.0.0.1:8000",
    ],
  ])("%j %j", (flags, env, given, example) => {
    expect(() => healthAddress(flags, env)).toThrow(
      `${given} has port 0, which cannot be connected to: ${remedy} ${example}`,
    );
  });
});

test("a wrong value is refused even where the other listener is asked", () => {
  const flags = { listen: "8000x", "metrics-listen": "1" };
  expect(() => healthAddress(flags, {})).toThrow('--listen "8000x" is not an address');
});
