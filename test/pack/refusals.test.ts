import { expect, test } from "bun:test";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { growTree, type ProjectTree } from "./project-tree.ts";

/** An earlier release beside the programs. */
async function packedBefore(): Promise<ProjectTree> {
  const tree = await growTree({ compiled: true });
  for (const file of ["checksums.txt", "ollama-exporter_0.0.9_linux_x64.tar.gz"]) {
    await tree.write(`dist/${file}`, "of an earlier run");
  }
  return tree;
}

/** Expects packing to fail with one line, and the release of an earlier run to stay. */
async function expectRefusal(tree: ProjectTree, line: RegExp): Promise<void> {
  const { code, stderr } = await tree.run(["scripts/pack.ts"]);
  expect(stderr).toMatch(line);
  expect(stderr).toMatch(/^pack: [^\n]+\n$/);
  expect(code).toBe(1);
  expect(await tree.list("dist")).toEqual([
    "checksums.txt",
    "ollama-exporter_0.0.9_linux_x64.tar.gz",
    "programs",
  ]);
}

test("Without dist/ there is nothing to pack", async () => {
  await using tree = await growTree();
  const { code, stderr } = await tree.run(["scripts/pack.ts"]);
  expect(stderr).toMatch(/^pack: dist\/programs has no program for linux_x64, [^\n]+\n$/);
  expect(code).toBe(1);
  expect(await tree.list("dist")).toEqual([]);
});

test("A program that is missing is named before the earlier release is touched", async () => {
  await using tree = await packedBefore();
  await rm(join(tree.folder, "dist/programs/windows_arm64"), { recursive: true });
  await expectRefusal(tree, /no program for windows_arm64: run bun scripts\/compile-all\.ts/);
});

test("Programs of another commit are not packed, nor those of no known one", async () => {
  await using tree = await packedBefore();
  await tree.write("dist/programs/REVISION", "0123456789ab\n");
  await expectRefusal(tree, /programs are of 0123456789ab, and this is unknown: run bun scripts/);
  await rm(join(tree.folder, "dist/programs/REVISION"));
  await expectRefusal(tree, /programs has no REVISION, .*, and this is unknown: run bun scripts/);
});

test("What cannot be written is told in a line", async () => {
  await using tree = await packedBefore();
  const names =
    "export const PROGRAMS = new URL('../../dist/programs/', import.meta.url).pathname;";
  const programs = await tree.read("scripts/build/programs.ts");
  await tree.write(
    "scripts/build/programs.ts",
    programs.replace(/export const PROGRAMS = .*/, () => names),
  );
  const root = await tree.read("scripts/build/root.ts");
  // Not even root can make a folder in a file.
  await tree.write("scripts/build/root.ts", root.replace("dist/`", "package.json/`"));
  await expectRefusal(tree, /^pack: ENOTDIR: .*package\.json/);
});

test("Without a network compiling says what Bun says, and the programs stay", async () => {
  await using tree = await growTree({ compiled: true });
  const real = Bun.file(new URL("../../scripts/build/runtimes.ts", import.meta.url));
  await tree.write("scripts/build/runtimes.ts", await real.text());
  const { code, stderr } = await tree.run(["scripts/compile-all.ts"], {
    BUN_CONFIG_REGISTRY: "http://127.0.0.1:1",
    BUN_INSTALL_CACHE_DIR: join(tree.folder, "cache"),
  });
  expect(stderr).toMatch(/^compile-all: bun install: ConnectionRefused downloading [^\n]+\n$/);
  expect(code).toBe(1);
  expect(await tree.list("dist/programs")).toContain("linux_x64");
});
