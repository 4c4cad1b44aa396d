import { expect, test } from "bun:test";
import { join } from "node:path";
import { ROOT } from "../../scripts/build/root.ts";
import { runCommand } from "./machine.ts";
import { testWith } from "../support/test-with.ts";

const FOLDER = join(ROOT, "scripts/pack/deb");
const SCRIPTS = ["postinst", "prerm", "postrm"].map((name) => join(FOLDER, name));

testWith("shellcheck")("shellcheck finds nothing in the scripts of the package", async () => {
  const booting = join(import.meta.dirname, "booted-systemd.sh");
  expect(await runCommand(["shellcheck", ...SCRIPTS, booting])).toBe("");
});

test("every script of the package stops at the first failure", async () => {
  for (const script of SCRIPTS) {
    expect(await Bun.file(script).text()).toStartWith("#!/bin/sh\nset -e\n");
  }
});
