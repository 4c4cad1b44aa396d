import { expect, test } from "bun:test";
import { CHANGELOG, copyProject } from "./project-copy.ts";

test("A release is one commit and one annotated tag, and nothing is pushed", async () => {
  await using project = await copyProject();
  const remote = await project.remote();
  const before = await project.git("rev-parse", "HEAD");

  const { code, output } = await project.release("0.2.0");

  expect({ code, output }).toMatchObject({ code: 0 });
  expect(output).toContain("git push --atomic origin main v0.2.0");
  expect(output).toContain("nothing is pushed");
  expect(await project.git("rev-list", "--count", `${before}..HEAD`)).toBe("1");
  expect(await project.git("log", "-1", "--format=%s")).toBe("Release 0.2.0");
  expect(await project.git("tag", "--list")).toBe("v0.2.0");
  expect(await project.git("cat-file", "-t", "v0.2.0")).toBe("tag");
  expect(await project.git("rev-parse", "v0.2.0^{commit}")).toBe(
    await project.git("rev-parse", "HEAD"),
  );
  expect(await project.git("status", "--porcelain")).toBe("");
  expect(await project.remote()).toBe(remote);
});

test("A release sets the version in package.json and in the README, and dates the changelog", async () => {
  await using project = await copyProject();
  const manifest = await project.read("package.json");

  await project.release("0.2.0");

  const day = new Date().toISOString().slice(0, 10);
  expect(await project.read("package.json")).toBe(
    manifest.replace('"version": "0.1.0"', '"version": "0.2.0"'),
  );
  expect(await project.read("README.md")).toContain("ollama-exporter_0.2.0_amd64.deb");
  expect(await project.read("README.md")).not.toContain("0.1.0");
  expect(await project.read("CHANGELOG.md")).toBe(
    CHANGELOG.replace("## Unreleased\n", `## Unreleased\n\n## 0.2.0 / ${day}\n`),
  );
});

test("The version of package.json can be released as long as it has not been", async () => {
  await using project = await copyProject();
  expect(await project.release("0.1.0")).toMatchObject({ code: 0 });
  expect(await project.git("tag", "--list")).toBe("v0.1.0");
  await project.write("CHANGELOG.md", CHANGELOG);
  await project.git("commit", "--all", "--message", "More");
  const again = await project.release("0.1.0");
  expect(again).toEqual({ code: 1, output: "release: 0.1.0 has been released\n" });
});

test("A release candidate becomes its release, with what has changed since and without", async () => {
  const day = new Date().toISOString().slice(0, 10);
  for (const since of ["", "\n- [BUGFIX] It can be released twice.\n"]) {
    await using project = await copyProject();
    expect(await project.release("0.2.0-rc.1")).toMatchObject({ code: 0 });
    if (since !== "") {
      const changelog = await project.read("CHANGELOG.md");
      await project.write("CHANGELOG.md", changelog.replace("## Unreleased\n", `$&${since}`));
      await project.git("commit", "--all", "--message", "More");
    }
    expect(await project.release("0.2.0")).toMatchObject({ code: 0 });
    expect(await project.git("tag", "--list")).toBe("v0.2.0\nv0.2.0-rc.1");
    const changes = `- [FEATURE] It can be released.${since.trimEnd()}`;
    expect(await project.read("CHANGELOG.md")).toBe(
      CHANGELOG.replace(
        "## Unreleased\n\n- [FEATURE] It can be released.",
        () => `## Unreleased\n\n## 0.2.0 / ${day}\n\n${changes}`,
      ),
    );
  }
});
