import { expect, test } from "bun:test";
import { run } from "../../src/cli/command.ts";
import type { ListenAddress } from "../../src/config.ts";
import { failure } from "../../src/errors.ts";
import { NO_DEEDS } from "../support/no-deeds.ts";

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Whom it asked. */
  readonly asked: readonly ListenAddress[];
}

async function outcome(
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
  answer: () => Promise<string> = () => Promise.resolve("all is well"),
): Promise<Outcome> {
  const asked: ListenAddress[] = [];
  const written = { stdout: "", stderr: "" };
  const io = {
    stdout: (text: string) => void (written.stdout += text),
    stderr: (text: string) => void (written.stderr += text),
  };
  const code = await run(words, { NO_COLOR: "1", ...env }, io, {
    ...NO_DEEDS,
    healthcheck(listen) {
      asked.push(listen);
      return answer();
    },
  });
  return { code, ...written, asked };
}

test("the healthcheck asks where the exporter listens and prints what it is told", async () => {
  const { asked, ...rest } = await outcome(["healthcheck"]);
  expect(rest).toEqual({ code: 0, stdout: "all is well\n", stderr: "" });
  expect(asked).toMatchObject([{ hostname: "127.0.0.1", port: 8000 }]);
});

test("the healthcheck takes its flags before and after its name", async () => {
  for (const words of [
    ["--metrics-listen", "9000", "healthcheck", "--listen=:8001"],
    ["healthcheck", "--listen", ":8001", "--metrics-listen=9000"],
  ]) {
    expect((await outcome(words)).asked).toMatchObject([{ port: 9000 }]);
  }
});

test("the healthcheck ends with 1 and one line when the exporter is not healthy", async () => {
  const { asked, ...rest } = await outcome(["healthcheck"], {}, () =>
    Promise.reject(failure("no answer")),
  );
  expect(rest).toEqual({ code: 1, stdout: "", stderr: "ollama-exporter: no answer\n" });
  expect(asked).toHaveLength(1);
});

test("the healthcheck is not disturbed by variables that are for the exporter alone", async () => {
  const { code, stderr, asked } = await outcome(["healthcheck"], {
    OLLAMA_EXPORTER_LISTEN: ":9000",
    OLLAMA_EXPORTER_UPSTREAM: "ftp://x",
    OLLAMA_EXPORTER_LOG_LEVEL: "loud",
    OLLAMA_EXPORTER_GRACE_PERIOD: "soon",
    OLLAMA_EXPORTER_LISTN: "1",
    OLLAMA_HOST: "ftp://x",
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(asked).toMatchObject([{ hostname: "", port: 9000, source: "OLLAMA_EXPORTER_LISTEN" }]);
});

test.each([
  [["healthcheck", "--upstream", "x"], "unknown flag --upstream."],
  [["--log-requests", "healthcheck"], "unknown flag --log-requests."],
  [["healthcheck", "--lisen", "1"], "unknown flag --lisen; did you mean --listen?"],
  [["healthcheck", "now"], 'unexpected argument "now".'],
])("%j is refused and nobody is asked", async (words, problem) => {
  expect(await outcome(words)).toEqual({
    code: 2,
    stdout: "",
    stderr: `ollama-exporter: ${problem} See ollama-exporter healthcheck --help\n`,
    asked: [],
  });
});

test("a slip of its name is refused with its name", async () => {
  const { code, stderr } = await outcome(["healtcheck"]);
  expect(stderr).toContain('unknown command "healtcheck"; did you mean healthcheck? See');
  expect(code).toBe(2);
});

test("its help shows its flags, and the help of the program shows it", async () => {
  const { stdout, ...rest } = await outcome(["healthcheck", "--help"]);
  expect(rest).toEqual({ code: 0, stderr: "", asked: [] });
  expect(stdout).toContain("USAGE ollama-exporter healthcheck [OPTIONS]\n");
  const flags = Array.from(stdout.matchAll(/^ {2}(?:-\w, )?--([\w-]+)/gm), ([, name]) => name);
  expect(flags).toEqual(["listen", "metrics-listen", "help", "version"]);
  expect((await outcome(["--help"])).stdout).toMatch(
    /\nCOMMANDS\n(?:.*\n)* {2}healthcheck {4}Ask /,
  );
});
