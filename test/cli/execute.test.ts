import { afterEach, beforeEach, describe, expect, test } from "bun:test";
import process from "node:process";
import { commonArgs } from "../../src/cli/command-args.ts";
import type { Command, Commands } from "../../src/cli/command-line.ts";
import { execute } from "../../src/cli/execute.ts";

/** A table with a subcommand that has flags of its own; each command reports how it was called. */
function table(): { commands: Commands; calls: unknown[] } {
  const calls: unknown[] = [];
  const reporting = (name: string, args: Command["args"]): Command => ({
    meta: { name, description: `Does ${name}.` },
    args,
    run({ args: given }) {
      const flags = ["listen", "log-requests", "metrics-listen", "retries"];
      calls.push([name, ...flags.map((flag) => given[flag])]);
      return 5;
    },
  });
  const commands: Commands = {
    "": reporting("serve", commonArgs),
    check: reporting("check", { ...commonArgs, retries: { type: "string" } }),
  };
  return { commands, calls };
}

const silent = { stdout() {}, stderr() {} };

describe("only the command that is named runs, with all flags", () => {
  test.each([
    [[], ["serve", undefined, undefined, undefined, undefined]],
    [
      ["--listen", "1", "--no-log-requests"],
      ["serve", "1", false, undefined, undefined],
    ],
    [["check"], ["check", undefined, undefined, undefined, undefined]],
    [
      ["--listen", "1", "check", "--log-requests", "--retries", "3"],
      ["check", "1", true, undefined, "3"],
    ],
    [
      ["--retries=3", "--log-requests", "--metrics-listen", "check", "check", "--listen=-5"],
      ["check", "-5", true, "check", "3"],
    ],
  ])("%j", async (words, call) => {
    const { commands, calls } = table();
    expect(await execute(words, commands, {}, silent)).toBe(5);
    expect(calls).toEqual([call]);
  });
});

describe("help on a terminal", () => {
  const { isTTY } = process.stdout;
  beforeEach(() => void (process.stdout.isTTY = true));
  afterEach(() => void (process.stdout.isTTY = isTTY));

  test.each([
    [{}, true],
    [{ NO_COLOR: "" }, true],
    [{ NO_COLOR: "1" }, false],
  ])("with %j has colors: %p", async (env, colored) => {
    let help = "";
    const io = { ...silent, stdout: (text: string) => void (help += text) };
    await execute(["--help"], table().commands, env, io);
    expect(help.includes("\u001B")).toBe(colored);
  });
});
