import { expect, test } from "bun:test";
import type { BunLockFile } from "bun";
import { lockedPackages } from "../../scripts/pack/locked-packages.ts";

const HASH = `sha512-${Buffer.alloc(64, 1).toString("base64")}`;

function lockOf(packages: BunLockFile["packages"]): BunLockFile {
  return {
    lockfileVersion: 1,
    workspaces: { "": { dependencies: { outer: "1.0.0" }, devDependencies: { tool: "1.0.0" } } },
    packages,
  };
}

test("a package is given the version that it would import", () => {
  const lock = lockOf({
    outer: ["outer@1.0.0", "", { dependencies: { "@scope/inner": "^1.0.0" } }, HASH],
    "@scope/inner": ["@scope/inner@2.0.0", "", { dependencies: { shared: "1.0.0" } }, HASH],
    shared: ["shared@2.0.0", "", {}, HASH],
    tool: ["tool@1.0.0", "", { dependencies: { shared: "2.0.0" } }, HASH],
    "outer/@scope/inner": ["@scope/inner@1.5.0", "", { dependencies: { shared: "1.0.0" } }, HASH],
    "outer/shared": ["shared@1.0.0", "", { dependencies: { outer: "1.0.0" } }, HASH],
  });
  const found = lockedPackages(lock).map((it) => [it.purl, it.folder, it.dependencies, it.direct]);
  expect(found).toEqual([
    [
      "pkg:npm/%40scope/inner@1.5.0",
      "node_modules/outer/node_modules/@scope/inner/",
      ["pkg:npm/shared@1.0.0"],
      false,
    ],
    ["pkg:npm/outer@1.0.0", "node_modules/outer/", ["pkg:npm/%40scope/inner@1.5.0"], true],
    [
      "pkg:npm/shared@1.0.0",
      "node_modules/outer/node_modules/shared/",
      ["pkg:npm/outer@1.0.0"],
      false,
    ],
  ]);
});

test("a further package counts as a dependency, with what it needs itself", () => {
  const lock = lockOf({
    outer: ["outer@1.0.0", "", {}, HASH],
    tool: ["tool@1.0.0", "", { dependencies: { shared: "2.0.0" } }, HASH],
    shared: ["shared@2.0.0", "", {}, HASH],
  });
  const found = lockedPackages(lock, ["tool"]).map((it) => [it.purl, it.direct]);
  expect(found).toEqual([
    ["pkg:npm/outer@1.0.0", true],
    ["pkg:npm/shared@2.0.0", false],
    ["pkg:npm/tool@1.0.0", true],
  ]);
});

test("a package that no hash pins is an error that names it", () => {
  const fromGit = lockOf({ outer: ["outer@git+https://example.com/outer.git", {}, "tag"] });
  expect(() => lockedPackages(fromGit)).toThrow("bun.lock pins no SHA-512 of outer");
  expect(() => lockedPackages(lockOf({}))).toThrow("bun.lock pins no SHA-512 of outer");
});
