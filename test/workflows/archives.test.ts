import { expect } from "bun:test";
import { join } from "node:path";
import { type ArchiveFile, tarGz } from "../../scripts/pack/archive.ts";
import { checksumOf } from "../../scripts/pack/checksums.ts";
import { createScriptStage, type ScriptStage, testOfScript } from "./script-stage.ts";

const PROGRAM: ArchiveFile = {
  name: "ollama-exporter",
  data: Buffer.from("#!/bin/sh\necho it runs\n"),
  executable: true,
};

/** Archives of a program that says one thing, and a smoke test that only starts it. */
async function stageOf(...targets: readonly string[]): Promise<ScriptStage> {
  const stage = await createScriptStage();
  let checksums = "";
  for (const target of targets) {
    const windows = target.startsWith("windows");
    const bytes = windows ? Buffer.from("PK") : await tarGz([PROGRAM], new Date());
    const name = `ollama-exporter_1.2.3_${target}.${windows ? "zip" : "tar.gz"}`;
    const path = join(stage.folder, "dist", name);
    await Bun.write(path, bytes);
    checksums += `${await checksumOf(path)}  ${name}\n`;
  }
  await stage.write("dist/checksums.txt", checksums);
  await stage.fake("unzip", 'echo "it runs" >"$4/ollama-exporter.exe"');
  await stage.write("scripts/smoke.ts", "console.log('smoke', ...process.argv.slice(2));");
  return stage;
}

testOfScript("The program of an archive is unpacked beside no other, and tried", async () => {
  await using stage = await stageOf("linux_x64", "linux_x64-baseline", "windows_x64");
  for (const [target, program] of [
    ["linux_x64", "ollama-exporter"],
    ["windows_x64", "ollama-exporter.exe"],
  ] as const) {
    const path = `dist/unpacked/${target}/${program}`;
    expect(await stage.run("smoke-archive.sh", [target])).toMatchObject({
      code: 0,
      stdout: `smoke ${path}\n`,
    });
    expect(await Bun.file(join(stage.folder, path)).text()).toContain("it runs");
  }
});

testOfScript("An archive with other bytes than checksums.txt has is not tried", async () => {
  await using stage = await stageOf("linux_x64");
  await stage.write("dist/ollama-exporter_1.2.3_linux_x64.tar.gz", "cut");
  const { code, stdout, stderr } = await stage.run("smoke-archive.sh", ["linux_x64"]);
  expect(code).not.toBe(0);
  expect(stdout).toBe("");
  expect(stderr).toContain("FAILED");
});

testOfScript("An archive that checksums.txt does not have is missed by its name", async () => {
  await using stage = await stageOf("linux_x64-baseline");
  const { code, stderr } = await stage.run("smoke-archive.sh", ["linux_x64"]);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: "checksums.txt has no file that ends with _linux_x64.tar.gz\n",
  });
});

testOfScript("Without sha256sum, as on macOS, shasum looks at the bytes", async () => {
  await using stage = await stageOf("darwin_arm64");
  await stage.fake("shasum", "cat >/dev/null");
  await stage.remove("sha256sum");
  expect(await stage.run("smoke-archive.sh", ["darwin_arm64"])).toMatchObject({ code: 0 });
  expect(await stage.calls()).toContain("shasum -a 256 -c -");
});

testOfScript("A musl program is tried in Alpine", async () => {
  await using stage = await stageOf("linux_x64-musl");
  await stage.fake("docker");
  expect(await stage.run("smoke-archive.sh", ["linux_x64-musl"])).toMatchObject({ code: 0 });
  expect(await stage.calls()).toEqual([
    `docker run --rm --volume ${stage.folder}:/project --workdir /project node:22-alpine sh -c ` +
      'apk add --no-cache bash libstdc++ && exec "$@" sh bash scripts/ci/smoke-archive.sh linux_x64-musl',
  ]);
});

testOfScript(
  "The programs for macOS are signed anew, one after the other, and looked at",
  async () => {
    await using stage = await createScriptStage();
    const programs = ["darwin_arm64", "darwin_x64"].map(
      (target) => `dist/programs/${target}/ollama-exporter`,
    );
    for (const program of programs) await stage.write(program, "");
    await stage.write("dist/programs/linux_x64/ollama-exporter", "");
    await stage.write("scripts/inspect.ts", "console.log('inspect', ...process.argv.slice(2));");
    await stage.fake("codesign");
    await stage.fake(
      "npx",
      'case $* in *" install "*) ;; *) while [ "$1" != -- ]; do shift; done; shift; exec "$@" ;; esac',
    );
    expect(await stage.run("sign-darwin.sh")).toMatchObject({
      code: 0,
      stdout: "inspect --strict-signatures darwin_x64 darwin_arm64\n",
    });
    expect((await stage.calls()).filter((call) => call.startsWith("codesign"))).toEqual(
      programs.flatMap((program) => [
        `codesign --remove-signature ${program}`,
        `codesign --force --sign - ${program}`,
        `codesign --verify --strict --verbose ${program}`,
      ]),
    );
  },
);
