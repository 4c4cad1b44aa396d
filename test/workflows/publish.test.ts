import { expect } from "bun:test";
import { createScriptStage, type ScriptStage, testOfScript } from "./script-stage.ts";

const SUM = "0".repeat(64);
const FILES = "dist/checksums.txt dist/ollama-exporter.json dist/one.tar.gz dist/two.deb";

async function stageOf(view: string): Promise<ScriptStage> {
  const stage = await createScriptStage();
  await stage.write("dist/checksums.txt", `${SUM}  one.tar.gz\n${SUM}  two.deb\n`);
  await stage.fake("gh", `case $2 in view) ${view} ;; esac`);
  return stage;
}

const create = (tag: string): string =>
  `gh release create ${tag} --verify-tag --draft --title ${tag} --notes-file dist/release-notes.md ${FILES}`;

testOfScript("A release is whole before anyone sees it", async () => {
  await using stage = await stageOf("exit 1");
  expect(await stage.run("publish.sh", [], { GITHUB_REF_NAME: "v1.2.3" })).toMatchObject({
    code: 0,
  });
  expect(await stage.calls()).toEqual([
    "gh release view v1.2.3 --json isDraft --jq .isDraft",
    create("v1.2.3"),
    "gh release edit v1.2.3 --draft=false --latest",
  ]);
});

testOfScript("A release candidate is no latest release", async () => {
  await using stage = await stageOf("exit 1");
  await stage.run("publish.sh", [], { GITHUB_REF_NAME: "v1.2.3-rc.1" });
  expect((await stage.calls()).at(-1)).toBe(
    "gh release edit v1.2.3-rc.1 --draft=false --prerelease",
  );
});

testOfScript("A draft that an earlier attempt has left is replaced", async () => {
  await using stage = await stageOf("echo true");
  await stage.run("publish.sh", [], { GITHUB_REF_NAME: "v1.2.3" });
  expect((await stage.calls()).slice(1, 3)).toEqual([
    "gh release delete v1.2.3 --yes",
    create("v1.2.3"),
  ]);
});

testOfScript("What has been published is not replaced", async () => {
  await using stage = await stageOf("echo false");
  const { code, stderr } = await stage.run("publish.sh", [], { GITHUB_REF_NAME: "v1.2.3" });
  expect(code).toBe(1);
  expect(stderr).toStartWith("v1.2.3 has been published:");
  expect(await stage.calls()).toHaveLength(1);
});

testOfScript("A release whose files did not all arrive is not published", async () => {
  await using stage = await stageOf("exit 1");
  await stage.fake("gh", "case $2 in view | create) exit 1 ;; esac");
  const { code } = await stage.run("publish.sh", [], { GITHUB_REF_NAME: "v1.2.3" });
  expect(code).toBe(1);
  expect((await stage.calls()).at(-1)).toBe(create("v1.2.3"));
});
