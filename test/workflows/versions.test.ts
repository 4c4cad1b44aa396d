import { expect, test } from "bun:test";
import { Glob } from "bun";
import manifest from "../../package.json" with { type: "json" };
import runtimes from "../../scripts/build/runtimes/package.json" with { type: "json" };
import { ROOT } from "../../scripts/build/root.ts";

const read = (file: string): Promise<string> => Bun.file(`${ROOT}${file}`).text();

/** package.json says which Bun it is; everything else is checked against it. */
const BUN = manifest.engines.bun.replace(/^>=/, "");

test("The README, .ci/run, the types and the runtimes of the programs have the same Bun", async () => {
  expect(BUN).toMatch(/^\d+\.\d+\.\d+$/);
  const named = Array.from((await read("README.md")).matchAll(/bun@([\w.]+)/g), ([, v]) => v);
  expect(named.length).toBeGreaterThan(0);
  expect(new Set(named)).toEqual(new Set([BUN]));
  expect(/^BUN=(.+)$/m.exec(await read(".ci/run"))?.[1]).toBe(BUN);
  expect(manifest.devDependencies["@types/bun"]).toBe(BUN);
  expect(new Set(Object.values(runtimes.dependencies))).toEqual(new Set([BUN]));
});

test("No script and no workflow has a version of Bun of its own", async () => {
  const files = ["scripts/ci/*.sh", ".github/workflows/*.yml"].flatMap(matches);
  expect(files).toContain("scripts/ci/with-bun.sh");
  expect(files).toContain(".github/workflows/release.yml");
  for (const file of files) {
    expect(await read(file), file).not.toMatch(/setup-bun|bun@\d/);
  }
});

test("deno-compile.sh takes the Deno of .ci/run, and the README's permissions", async () => {
  expect(await read(".ci/run")).toMatch(/^DENO=\d+\.\d+\.\d+$/m);
  expect(await read("scripts/ci/deno-compile.sh")).not.toMatch(/deno@\d|--allow-\w+=/);
  expect(await read("README.md")).toMatch(/deno run( --allow-[^ ]+)+ src\/main\.ts/);
});

function matches(pattern: string): string[] {
  return Array.from(new Glob(pattern).scanSync({ cwd: ROOT, dot: true }));
}
