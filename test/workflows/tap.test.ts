import { expect } from "bun:test";
import { join } from "node:path";
import { PROJECT } from "../../scripts/build/project.ts";
import { git } from "../../scripts/release/git.ts";
import { createScriptStage, testOfScript } from "./script-stage.ts";
import { createTap, VERSION } from "./tap.ts";

const FORMULA = `Formula/${PROJECT.name}.rb`;

testOfScript("A new formula is one commit in the tap", async () => {
  await using stage = await createScriptStage();
  const tap = await createTap(stage);
  expect(await tap.push()).toMatchObject({
    code: 0,
    stdout: `pushed the formula of ${VERSION} to ${PROJECT.tap}\n`,
  });
  expect(await tap.git("show", `main:${FORMULA}`)).toBe("class One");
  expect(await tap.git("log", "--format=%an: %s", "main")).toBe(
    `github-actions[bot]: ${PROJECT.name} ${VERSION}`,
  );
  expect(await stage.outputs()).toBe("pushed=true\n");
});

testOfScript(
  "A formula that is in the tap is not committed again, and a changed one is",
  async () => {
    await using stage = await createScriptStage();
    const tap = await createTap(stage);
    await tap.push();
    const again = await tap.push();
    expect(again).toMatchObject({
      code: 0,
      stdout: `${PROJECT.tap} has the formula of ${VERSION} already\n`,
    });
    expect(await tap.git("rev-list", "--count", "main")).toBe("1");
    await stage.write(`dist/${PROJECT.name}.rb`, "class Two\n");
    expect(await tap.push()).toMatchObject({ code: 0 });
    expect(await tap.git("rev-list", "--count", "main")).toBe("2");
    expect(await tap.git("show", `main:${FORMULA}`)).toBe("class Two");
    expect(await stage.outputs()).toBe("pushed=true\n".repeat(3));
  },
);

testOfScript("Other formulae of the tap are left alone", async () => {
  await using stage = await createScriptStage();
  const tap = await createTap(stage);
  await tap.push();
  const clone = join(stage.folder, "clone");
  await git(stage.folder, "clone", "--quiet", join(stage.folder, "tap.git"), clone);
  await Bun.write(join(clone, "Formula/other.rb"), "class Other\n");
  await git(clone, "add", "--all");
  await git(
    clone,
    "-c",
    "user.name=Test",
    "-c",
    "user.email=test@example.org",
    "-c",
    "commit.gpgSign=false",
    "commit",
    "--quiet",
    "--message",
    "Other",
  );
  await git(clone, "push", "--quiet");
  await stage.write(`dist/${PROJECT.name}.rb`, "class Two\n");
  expect(await tap.push()).toMatchObject({ code: 0 });
  expect(await tap.git("ls-tree", "--name-only", "main", "Formula/")).toBe(
    `${FORMULA}\nFormula/other.rb`,
  );
});
