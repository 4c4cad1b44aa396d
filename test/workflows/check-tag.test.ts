import { expect } from "bun:test";
import manifest from "../../package.json" with { type: "json" };
import { createScriptStage, testOfScript } from "./script-stage.ts";

const { version } = manifest;
const CHANGELOG = `# Changelog\n\n## Unreleased\n\n## ${version} / 2026-01-02\n\n- [FEATURE] It.\n`;
const tag = (name: string) => ({ GITHUB_REF_TYPE: "tag", GITHUB_REF_NAME: name });

testOfScript("A tag that is the version of package.json is released", async () => {
  await using stage = await createScriptStage();
  await stage.write("CHANGELOG.md", CHANGELOG);
  expect(await stage.run("check-tag.sh", [], tag(`v${version}`))).toMatchObject({ code: 0 });
  expect(await stage.outputs()).toBe(`version=${version}\n`);
});

testOfScript("A tag that is another version is refused, and both are named", async () => {
  await using stage = await createScriptStage();
  await stage.write("CHANGELOG.md", CHANGELOG);
  for (const other of ["v9.9.9", version, `v${version}1`, `v${version}-rc.1`]) {
    const { code, stderr } = await stage.run("check-tag.sh", [], tag(other));
    expect(code).toBe(1);
    expect(stderr).toStartWith(`the tag is ${other}, and package.json has version ${version}:`);
  }
});

testOfScript("A tag of which the changelog says nothing is refused", async () => {
  await using stage = await createScriptStage();
  await stage.write(
    "CHANGELOG.md",
    `# Changelog\n\n## Unreleased\n\n## ${version}1 / 2026-01-02\n`,
  );
  const { code, stderr } = await stage.run("check-tag.sh", [], tag(`v${version}`));
  expect(code).toBe(1);
  expect(stderr).toStartWith(`CHANGELOG.md has no section "## ${version} / DATE"`);
});

testOfScript("On a branch there is nothing to refuse, and nothing is published", async () => {
  await using stage = await createScriptStage();
  const { code, stdout } = await stage.run("check-tag.sh", [], {
    GITHUB_REF_TYPE: "branch",
    GITHUB_REF_NAME: "main",
  });
  expect({ code, stdout }).toEqual({
    code: 0,
    stdout: `no tag: this is a try of ${version}, and nothing of it is published\n`,
  });
});
