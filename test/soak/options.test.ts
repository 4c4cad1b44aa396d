import { expect, test } from "bun:test";
import { readOptions } from "../../scripts/soak/options.ts";

test("without flags it takes five minutes", () => {
  expect(readOptions([])).toEqual({ duration: 300_000, help: false });
});

test("a flag's value follows a space or an equals sign", () => {
  const expected = { duration: 90_000, json: "soak.json", help: false };
  expect(readOptions(["--duration", "1m30s", "--json", "soak.json"])).toEqual(expected);
  expect(readOptions(["--json=soak.json", "--duration=90s"])).toEqual(expected);
});

test.each([
  [["--duratoin", "5m"], "unknown flag --duratoin: did you mean --duration?"],
  [["-x"], "unknown flag -x: the flags are --duration, --json, --help"],
  [["5m"], `unexpected argument "5m": the flags are --duration, --json, --help`],
  [["--duration"], "--duration needs a value, as in --duration 5m"],
  [["--json", "--duration=5m"], "--json needs a value, as in --json soak.json"],
  [["--duration=5m", "--duration=6m"], "--duration is given twice: leave one out"],
  [["--duration", "5"], `--duration "5" has no unit: use ms, s, m or h, as in --duration 25s`],
  [["--duration", "10s"], `--duration "10s" is too short: use at least 30s, as in --duration 5m`],
  [
    ["--json", "nowhere/soak.json"],
    `--json "nowhere/soak.json" is in no folder that exists: use a file in one that does`,
  ],
  [["--json", "."], `--json "." is a folder: use a file, as in --json soak.json`],
])("%j is a usage error that says what to do", (words, message) => {
  expect(() => readOptions(words)).toThrow(
    expect.objectContaining({ name: "CommandError", message, exitCode: 2 }),
  );
});
