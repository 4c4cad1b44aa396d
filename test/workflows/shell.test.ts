import { expect, test } from "bun:test";
import { Glob } from "bun";
import { ROOT } from "../../scripts/build/root.ts";
import { testWith } from "../support/test-with.ts";

const scripts = [...new Glob("scripts/ci/*.sh").scanSync(ROOT)].toSorted();

testWith("shellcheck")(
  "shellcheck has nothing to say about the scripts of the workflows",
  async () => {
    const child = Bun.spawn(["shellcheck", ".ci/run", ...scripts], { cwd: ROOT, stdout: "pipe" });
    expect(await new Response(child.stdout).text()).toBe("");
    expect(await child.exited).toBe(0);
  },
);

test("Every script of the workflows is bash, says what it does, and ends at the first failure", async () => {
  expect(scripts.length).toBeGreaterThan(20);
  for (const script of scripts) {
    const [first, second, ...lines] = (await Bun.file(`${ROOT}${script}`).text()).split("\n");
    expect(first, script).toBe("#!/usr/bin/env bash");
    expect(second, script).toMatch(/^# \w/);
    const begin = lines.find((line) => line !== "" && !line.startsWith("#"));
    expect(begin, script).toBe("set -euo pipefail");
  }
});
