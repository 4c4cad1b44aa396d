import { expect } from "bun:test";
import { join } from "node:path";
import { PROJECT } from "../../scripts/build/project.ts";
import { createScriptStage, testOfScript } from "./script-stage.ts";
import { createTap, TOKEN } from "./tap.ts";

testOfScript(
  "Without a token the tap is not asked, and the script says so and succeeds",
  async () => {
    await using stage = await createScriptStage();
    const bare = join(stage.folder, "no-such-tap.git");
    for (const HOMEBREW_TAP_TOKEN of [undefined, ""]) {
      const env = {
        TAP_REMOTE: bare,
        ...(HOMEBREW_TAP_TOKEN !== undefined && { HOMEBREW_TAP_TOKEN }),
      };
      expect(await stage.run("tap.sh", [], env)).toEqual({
        code: 0,
        stdout: `no HOMEBREW_TAP_TOKEN: the formula is not pushed to ${PROJECT.tap}\n`,
        stderr: "",
      });
    }
    expect(await stage.outputs()).toBe("pushed=false\n".repeat(2));
  },
);

testOfScript("A release candidate does not reach the tap", async () => {
  await using stage = await createScriptStage();
  const tap = await createTap(stage, "2.0.0-rc.1");
  const { code, stdout } = await tap.push();
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: `2.0.0-rc.1 is no release for everyone: ${PROJECT.tap} keeps its formula\n`,
  });
  expect(await tap.git("rev-list", "--all", "--count")).toBe("0");
  expect(await stage.outputs()).toBe("pushed=false\n");
});

testOfScript("A tap that cannot be reached fails, and the token is not told", async () => {
  await using stage = await createScriptStage();
  await createTap(stage);
  const { code, stdout, stderr } = await stage.run("tap.sh", [], {
    TAP_REMOTE: join(stage.folder, "no-such-tap.git"),
    HOMEBREW_TAP_TOKEN: TOKEN,
  });
  expect(code).not.toBe(0);
  expect(stdout + stderr).not.toContain(TOKEN);
  expect(await stage.outputs()).toBe("");
});
