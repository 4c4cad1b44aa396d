import { describe, expect, test } from "bun:test";
import { PROJECT } from "../../scripts/build/project.ts";
import { ROOT } from "../../scripts/build/root.ts";
import { FLAWS } from "./flaws.ts";
import { MAIN, smoke, smokeFlawed } from "./run-smoke.ts";

const TIMEOUT = 90_000;

/** Each flaw, the check that finds it, and the time for that. */
const FLAWED = (
  [
    ["holds answers back until they are whole", "a streamed chat arrives chunk by chunk", "8s"],
    ["changes a byte of what passes through", "any other request passes through", "60s"],
    ["counts a token too few", "/metrics has the counts, the tokens and the version", "60s"],
    ["does not end by itself", "SIGTERM ends it with 0", "60s"],
  ] as const
).filter(
  // Windows has no SIGTERM to end by.
  ([flaw]) => process.platform !== "win32" || flaw !== "does not end by itself",
);

const lastCheck = (stdout: string): string | undefined => /^FAILED {2}(.*)$/m.exec(stdout)?.[1];

describe("smoke", () => {
  test(
    "passes on this tree, with one line for each check",
    async () => {
      const { code, stdout, stderr } = await smoke("--under", process.execPath, "--", MAIN);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      const lines = stdout.trimEnd().split("\n");
      expect(lines).toHaveLength(10);
      for (const line of lines) expect(line).toStartWith("ok      ");
    },
    TIMEOUT,
  );

  test.each(FLAWED)(
    "fails for a program that %s",
    async (flaw, check, deadline) => {
      const { code, stdout, left } = await smokeFlawed(FLAWS[flaw], "--deadline", deadline);
      expect({ code, check: lastCheck(stdout), left }).toEqual({ code: 1, check, left: [] });
      expect(stdout).toMatch(/\n {2}expected .*\n {2}found {4}/);
      expect(stdout).toContain("listens on 127.0.0.1:");
    },
    TIMEOUT,
  );

  test(
    "fails for a program that is another one",
    async () => {
      const { code, stdout } = await smoke(process.execPath);
      expect({ code, check: lastCheck(stdout) }).toEqual({
        code: 1,
        check: "--version tells the version",
      });
      expect(stdout).toContain(`expected "${PROJECT.name} ${PROJECT.version} (REVISION)"`);
    },
    TIMEOUT,
  );

  test(
    "fails for a file that cannot be started",
    async () => {
      const { code, stdout } = await smoke(`${ROOT}package.json`);
      expect({ code, check: lastCheck(stdout) }).toEqual({
        code: 1,
        check: "--version tells the version",
      });
    },
    TIMEOUT,
  );

  test.each([
    [[], "give one program and not 0"],
    [["a", "b"], "give one program and not 2"],
    [["no-such-program"], '"no-such-program" is neither a file nor a program on the PATH'],
    [["--undre", "x", MAIN], "--undre"],
    [["--deadline", "soon", MAIN], "--deadline"],
  ])(
    "refuses the arguments %j",
    async (args, message) => {
      const { code, stderr } = await smoke(...args);
      expect(code).toBe(2);
      expect(stderr).toContain(message);
    },
    TIMEOUT,
  );
});
