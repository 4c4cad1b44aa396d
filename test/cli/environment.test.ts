import { describe, expect, test } from "bun:test";
import { settingFrom, unknownVariables, variablesOf } from "../../src/cli/environment.ts";
import { FLAGS } from "../../src/cli/flags.ts";

const warningsOf = (env: Record<string, string>): string[] =>
  unknownVariables(env, Object.values(FLAGS));

test("a flag's variable is its name in capitals", () => {
  expect(variablesOf(FLAGS.metricsListen)).toEqual(["OLLAMA_EXPORTER_METRICS_LISTEN"]);
  expect(variablesOf(FLAGS.upstream)).toEqual(["OLLAMA_EXPORTER_UPSTREAM", "OLLAMA_HOST"]);
});

describe("the upstream comes from the first variable that is not empty", () => {
  test.each([
    [{ OLLAMA_EXPORTER_UPSTREAM: "a", OLLAMA_HOST: "b" }, "a", "OLLAMA_EXPORTER_UPSTREAM"],
    [{ OLLAMA_EXPORTER_UPSTREAM: "", OLLAMA_HOST: "b" }, "b", "OLLAMA_HOST"],
    [{ OLLAMA_HOST: "b" }, "b", "OLLAMA_HOST"],
  ])("%j", (env, text, source) => {
    expect(settingFrom(env, FLAGS.upstream)).toEqual({ text, source });
  });

  test("empty variables say nothing", () => {
    const env = { OLLAMA_EXPORTER_UPSTREAM: "", OLLAMA_HOST: "" };
    expect(settingFrom(env, FLAGS.upstream)).toBeUndefined();
  });
});

describe("a variable that looks like one of ours", () => {
  test("is warned about with the nearest known one", () => {
    expect(warningsOf({ OLLAMA_EXPORTER_LISTN: "secret", OLLAMA_EXPORTER_COLOR: "x" })).toEqual([
      "unknown variable OLLAMA_EXPORTER_COLOR is ignored; see ollama-exporter --help",
      "unknown variable OLLAMA_EXPORTER_LISTN is ignored; did you mean OLLAMA_EXPORTER_LISTEN?",
    ]);
  });

  test("cannot break the line", () => {
    expect(warningsOf({ "OLLAMA_EXPORTER_A\nB": "x" }).join()).toContain(
      "OLLAMA_EXPORTER_A\\nB is",
    );
  });

  test("is let pass when it is empty, known or not ours", () => {
    const env = {
      OLLAMA_EXPORTER_X: "",
      OLLAMA_EXPORTER_LISTEN: "1",
      OLLAMA_HOSTS: "h",
      PATH: "p",
    };
    expect(warningsOf(env)).toEqual([]);
  });
});
