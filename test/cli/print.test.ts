import { expect, test } from "bun:test";
import { run } from "../../src/cli/command.ts";
import { NO_DEEDS } from "../support/no-deeds.ts";

const KIT = { "alert-rules": "groups: []\n", compose: "services: {}\n", toast: "butter\n" };

async function outcome(...words: string[]) {
  const written = { stdout: "", stderr: "" };
  const io = {
    stdout: (text: string) => void (written.stdout += text),
    stderr: (text: string) => void (written.stderr += text),
  };
  const code = await run(words, { NO_COLOR: "1" }, io, {
    ...NO_DEEDS,
    kit: { names: Object.keys(KIT), read: async () => KIT },
  });
  return { code, ...written };
}

test("print prints the file that is asked for, to the byte", async () => {
  for (const [name, stdout] of Object.entries(KIT)) {
    expect(await outcome("print", name)).toEqual({ code: 0, stdout, stderr: "" });
  }
});

const LIST = "alert-rules, compose or toast";

test.each([
  [["print"], `print what? Use ${LIST}, as in ollama-exporter print alert-rules`],
  [["print", "alert-rule"], 'there is no "alert-rule" to print: did you mean alert-rules?'],
  [["print", "dashboard"], `there is no "dashboard" to print: use ${LIST}`],
  [["print", "constructor"], `there is no "constructor" to print: use ${LIST}`],
  [["print", "toast", "toast"], 'unexpected argument "toast". See ollama-exporter print --help'],
  [["print", "toast", "--listen", "1"], "unknown flag --listen. See ollama-exporter print --help"],
])("%j is refused and prints nothing", async (words, message) => {
  expect(await outcome(...words)).toEqual({
    code: 2,
    stdout: "",
    stderr: `ollama-exporter: ${message}\n`,
  });
});

test("its help lists the files", async () => {
  const { stdout } = await outcome("print", "--help");
  expect(stdout).toContain("USAGE ollama-exporter print [OPTIONS] [FILE]\n");
  expect(stdout).toContain("One of alert-rules, compose, toast.");
});
