import { expect, test } from "bun:test";
import { downloadUrl, PROJECT } from "../../scripts/build/project.ts";
import { installScript } from "../../scripts/pack/install-script.ts";
import { testWith } from "../support/test-with.ts";

test("The script knows its version, its release and its project, and nothing is left open", () => {
  const script = installScript();
  expect(script).toContain(`\nVERSION='${PROJECT.version}'\n`);
  expect(`${/^RELEASE='(.*)'$/m.exec(script)?.[1]}/x`).toBe(downloadUrl("x"));
  expect(script).toContain(`\nPROJECT='${PROJECT.home}'\n`);
  expect(script).not.toMatch(/@[A-Z]+@/);
});

test("A placeholder that is not known, or is not there, is an error that names it", () => {
  const whole = "@VERSION@ @DOWNLOAD@ @HOME@ @INSTALLER@";
  expect(() => installScript(`${whole} @OTHER@`)).toThrow("@OTHER@");
  expect(() => installScript(whole.replace("@HOME@", ""))).toThrow("install.sh has no @HOME@");
});

testWith("shellcheck")("shellcheck finds nothing in it", async () => {
  const checker = Bun.spawn(["shellcheck", "--shell=sh", "-"], {
    stdin: Buffer.from(installScript()),
    stdout: "pipe",
  });
  expect(await new Response(checker.stdout).text()).toBe("");
  expect(await checker.exited).toBe(0);
});
