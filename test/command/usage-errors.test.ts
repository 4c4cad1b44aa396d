import { expect, test } from "bun:test";
import { growTree } from "../pack/project-tree.ts";

/** Each with the words that are wrong, and how they are told. */
const WRONG = [
  ["build", ["--bogus"], "--bogus"],
  ["build", ["bogus"], '"bogus"'],
  ["compile-all", ["--bogus"], "--bogus"],
  ["pack", ["--bogus"], "--bogus"],
  ["pack", ["bogus"], '"bogus"'],
  ["readme", ["--bogus"], "--bogus"],
  ["render", ["--bogus"], "--bogus"],
  ["render", ["dist", "other"], '"other"'],
  ["release", ["--bogus"], "--bogus"],
  ["release", ["1.2.3", "1.2.4"], '"1.2.4"'],
  ["release", [], "VERSION"],
  ["release", ["1.2"], '"1.2"'],
  ["inspect", ["--bogus"], "--bogus"],
  ["inspect", ["bogus"], "bogus"],
  ["smoke", ["--bogus"], "--bogus"],
] as const;

test.each(WRONG)(
  "scripts/%s.ts with %j is a usage error that names what is wrong, and nothing is touched",
  async (script, words, named) => {
    await using tree = await growTree({ compiled: true });
    await tree.write("dist/checksums.txt", "packed");
    const readme = (await tree.read("README.md")).replace("ollama-exporter_", "old_");
    await tree.write("README.md", readme);

    const { code, stdout, stderr } = await tree.run([`scripts/${script}.ts`, ...words]);

    expect(stderr).toStartWith(`${script}: `);
    expect(stderr).toContain(named);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(await tree.list("dist")).toEqual(["checksums.txt", "programs"]);
    expect(await tree.read("README.md")).toBe(readme);
  },
);

test.each(["build", "compile-all", "pack", "readme", "render", "release", "inspect", "smoke"])(
  "scripts/%s.ts --help tells how it is called, and does nothing",
  async (script) => {
    await using tree = await growTree();
    for (const flag of ["--help", "-h"]) {
      const { code, stdout, stderr } = await tree.run([`scripts/${script}.ts`, flag]);
      expect(stdout).toMatch(new RegExp(`^bun (run|scripts/)${script === "release" ? "" : ".*"}`));
      expect(stdout).toContain(script === "build" ? "bun run build" : script);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    }
    expect(await tree.list("dist")).toEqual([]);
  },
);

test("A field that the project does not have is refused in a line that names it", async () => {
  await using tree = await growTree();
  const { code, stderr } = await tree.run(["scripts/ci/project.ts", "bogus"]);
  expect(stderr).toMatch(/^project: there is no "bogus": give one of name, version, .*\n$/);
  expect(code).toBe(2);
  expect(await tree.run(["scripts/ci/project.ts", "name", "tap"])).toMatchObject({ code: 2 });
  expect(await tree.run(["scripts/ci/project.ts"])).toMatchObject({ code: 2 });
  expect(await tree.run(["scripts/ci/project.ts", "name"])).toEqual({
    code: 0,
    stdout: "ollama-exporter\n",
    stderr: "",
  });
});
