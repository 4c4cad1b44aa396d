import { describe, expect, test } from "bun:test";
import { commonArgs } from "../../src/cli/command-args.ts";
import { type Command, type Commands, readCommandLine } from "../../src/cli/command-line.ts";
import { usageError } from "../../src/errors.ts";

const serve: Command = { args: commonArgs };
const check: Command = {
  args: {
    ...commonArgs,
    retries: { type: "string", valueHint: "count" },
    deep: { type: "boolean" },
  },
};
const several: Commands = { "": serve, check, print: { args: commonArgs } };

const show: Command = {
  args: { deep: { type: "boolean" }, size: { type: "string" }, file: { type: "positional" } },
};
const withWord: Commands = { "": serve, show };

describe("a command that takes a word", () => {
  test.each([
    [["show"], []],
    [["show", "rules"], ["rules"]],
    [
      ["--size", "3", "show", "--deep", "rules"],
      ["--size=3", "--deep=true", "rules"],
    ],
    [["show", "show"], ["show"]],
  ])("has it after its name: %j", (words, args) => {
    expect(readCommandLine(words, withWord)).toEqual({ command: show, action: "run", args });
  });

  test.each([
    [["show", "a", "b"], 'unexpected argument "b". See ollama-exporter show --help'],
    [["rules", "show"], 'unknown command "rules". See ollama-exporter --help'],
    [["show", "--file", "a"], "unknown flag --file. See ollama-exporter show --help"],
  ])("does not have it as a flag, twice or before its name: %j", (words, message) => {
    expect(() => readCommandLine(words, withWord)).toThrow(usageError(message));
  });
});

describe("a command has the same flags before and after its name", () => {
  test.each([
    [["check", "--listen", ":1", "--log-requests"]],
    [["--listen", ":1", "check", "--log-requests"]],
    [["--listen", ":1", "--log-requests", "check"]],
    [["--listen=:1", "--log-requests", "check"]],
  ])("%j", (words) => {
    expect(readCommandLine(words, several)).toEqual({
      command: check,
      action: "run",
      args: ["--listen=:1", "--log-requests=true"],
    });
  });

  test.each([
    [["check", "--retries", "3", "--no-deep"]],
    [["--retries", "3", "--no-deep", "check"]],
  ])("also those of its own: %j", (words) => {
    const args = ["--retries=3", "--deep=false"];
    expect(readCommandLine(words, several)).toEqual({ command: check, action: "run", args });
  });

  test("a flag's value is not taken for a command", () => {
    const { command, args } = readCommandLine(["--listen", "check"], several);
    expect(command).toBe(serve);
    expect(args).toEqual(["--listen=check"]);
  });

  test("help asks about the command, wherever its name stands", () => {
    expect(readCommandLine(["--help", "check"], several).command).toBe(check);
    expect(readCommandLine(["check", "--help"], several).command).toBe(check);
  });

  test.each([
    [["chek"], 'unknown command "chek"; did you mean check? See ollama-exporter --help'],
    [["serve"], 'unknown command "serve". See ollama-exporter --help'],
    [["toString"], 'unknown command "toString". See ollama-exporter --help'],
    [["check", "print"], 'unexpected argument "print". See ollama-exporter check --help'],
    [["check", "check"], 'unexpected argument "check". See ollama-exporter check --help'],
    [["print", "--retries", "3"], "unknown flag --retries. See ollama-exporter print --help"],
    [["--deep"], "unknown flag --deep. See ollama-exporter --help"],
  ])("%j is refused", (words, message) => {
    expect(() => readCommandLine(words, several)).toThrow(usageError(message));
  });
});
