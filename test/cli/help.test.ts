import { describe, expect, test } from "bun:test";
import { commonArgs } from "../../src/cli/command-args.ts";
import { type Command, type Commands, readCommandLine } from "../../src/cli/command-line.ts";
import { FLAGS } from "../../src/cli/flags.ts";
import { helpText } from "../../src/cli/help.ts";

const serve: Command = {
  meta: { name: "ollama-exporter", description: "A proxy" },
  args: commonArgs,
};
const check: Command = {
  meta: { name: "check", description: "Look before serving." },
  args: { ...commonArgs, retries: { type: "string", description: "How often." } },
};
const alone: Commands = { "": serve };
const help = await helpText(serve, alone, false);
const lines = help.split("\n");

describe("the help", () => {
  test.each(Object.values(FLAGS).map((flag) => [flag.name, flag] as const))(
    "shows --%s, its default and its variable",
    (name, flag) => {
      const at = lines.findIndex((line) => new RegExp(`^  --${name}(=<[a-z]+>)?  `).test(line));
      expect(lines[at]).toEndWith(flag.description);
      const variable = `OLLAMA_EXPORTER_${name.toUpperCase().replaceAll("-", "_")}`;
      expect(lines[at + 1]).toContain(variable);
      expect(lines[at + 1]).toContain(flag.default ?? "No default");
      expect(lines[at + 1]?.search(/\S/)).toBe(lines[at]?.indexOf(flag.description) ?? -1);
    },
  );

  test("fits a line of 100 columns and leaves no space at its end", () => {
    expect(lines.filter((line) => line.length > 100 || line.endsWith(" "))).toEqual([]);
    expect(help).toEndWith("--log-requests\n");
  });

  test("has no ANSI codes without colors", () => {
    expect(help).not.toContain("\u001B");
    expect(help).toContain("\nOPTIONS\n");
    expect(help).toContain("\nEXAMPLES\n");
  });

  test("has ANSI codes with colors", async () => {
    expect(await helpText(serve, alone, true)).toContain("\u001B[");
  });

  test("gives examples that the command line accepts", () => {
    const examples = lines.filter((line) => /^ {4}ollama-exporter( |$)/.test(line));
    expect(examples).toHaveLength(5);
    for (const example of examples) {
      const [, ...words] = example.trim().split(" ");
      expect(readCommandLine(words, alone).action).toBe("run");
    }
    expect(help).toContain("OLLAMA_HOST=127.0.0.1:8000 ollama run");
  });

  test("lists commands once there are some", async () => {
    expect(help).not.toContain("COMMANDS");
    const listed = await helpText(serve, { "": serve, check }, false);
    expect(listed).toMatch(/\nCOMMANDS\n\n {2}check {4}Look before serving\.\n/);
    expect(listed).toContain("USAGE ollama-exporter [OPTIONS] [COMMAND]\n");
  });

  test("of a command shows its own flags and the common ones", async () => {
    const own = await helpText(check, { "": serve, check }, false);
    expect(own).toContain("USAGE ollama-exporter check [OPTIONS]\n");
    expect(own).toContain("--retries=<retries>");
    expect(own).toContain("--listen=<address>");
    expect(own).not.toContain("EXAMPLES");
  });
});
