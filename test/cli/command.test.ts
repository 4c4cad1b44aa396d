import { describe, expect, test } from "bun:test";
import { type Deeds, run } from "../../src/cli/command.ts";
import { failure } from "../../src/errors.ts";
import manifest from "../../package.json" with { type: "json" };
import { NO_DEEDS } from "../support/no-deeds.ts";

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly served: Parameters<Deeds["serve"]>[];
}

async function outcome(
  words: string[],
  env: Record<string, string> = {},
  serve: () => Promise<number> = async () => 0,
): Promise<Outcome> {
  const served: Parameters<Deeds["serve"]>[] = [];
  const written = { stdout: "", stderr: "" };
  const io = {
    stdout: (text: string) => void (written.stdout += text),
    stderr: (text: string) => void (written.stderr += text),
  };
  const code = await run(words, { NO_COLOR: "1", ...env }, io, {
    ...NO_DEEDS,
    serve(...given) {
      served.push(given);
      return serve();
    },
  });
  return { code, ...written, served };
}

describe("the program", () => {
  test("serves with what the flags and the environment say, and says nothing itself", async () => {
    const { served, ...rest } = await outcome(
      ["--metrics-listen", ":9877", "--no-log-requests"],
      { OLLAMA_HOST: "gpu", OLLAMA_EXPORTER_LOG_REQUESTS: "true", OLLAMA_EXPORTER_LISTN: "1" },
      async () => 3,
    );
    expect(rest).toEqual({ code: 3, stdout: "", stderr: "" });
    expect(served).toHaveLength(1);
    expect(served[0]?.[0]).toMatchObject({
      upstream: { hostname: "gpu", source: "OLLAMA_HOST" },
      listen: { port: 8000 },
      metricsListen: { hostname: "", port: 9877, source: "--metrics-listen" },
      logRequests: false,
    });
    expect(served[0]?.[1]).toEqual([expect.stringContaining("OLLAMA_EXPORTER_LISTN")]);
  });

  test("prints its help and does not serve, even where the environment is wrong", async () => {
    const { stdout, ...rest } = await outcome(["--help"], { OLLAMA_EXPORTER_LISTEN: "x" });
    expect(rest).toEqual({ code: 0, stderr: "", served: [] });
    expect(stdout).toContain("USAGE ollama-exporter");
    expect(stdout).not.toContain("\u001B");
  });

  test("prints its version and revision", async () => {
    expect(await outcome(["-v"])).toEqual({
      code: 0,
      stdout: `ollama-exporter ${manifest.version} (source)\n`,
      stderr: "",
      served: [],
    });
  });

  test("ends with 2 and one line when the command line is wrong", async () => {
    expect(await outcome(["--lisen", "1"])).toEqual({
      code: 2,
      stdout: "",
      stderr:
        "ollama-exporter: unknown flag --lisen; did you mean --listen? See ollama-exporter --help\n",
      served: [],
    });
  });

  test("ends with 2 and one line when a value is wrong", async () => {
    const { code, stderr, served } = await outcome(["--listen", "a\nb"]);
    expect(stderr).toMatch(/^ollama-exporter: --listen "a\\nb" is not an address: .*\n$/);
    expect({ code, served }).toEqual({ code: 2, served: [] });
  });

  test("ends with 1 and the message when it cannot do what it is told", async () => {
    const result = await outcome([], {}, async () => {
      throw failure("cannot listen on 127.0.0.1:8000: it is taken");
    });
    expect(result.code).toBe(1);
    expect(result.stderr).toBe("ollama-exporter: cannot listen on 127.0.0.1:8000: it is taken\n");
  });

  test("ends with 1 and one line, without a stack, on an error that nobody expected", async () => {
    const result = await outcome([], {}, async () => {
      throw new TypeError("broken\n    at somewhere");
    });
    expect(result.code).toBe(1);
    expect(result.stderr).toBe("ollama-exporter: unexpected error: broken\n");
  });
});
