import { expect, test } from "bun:test";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PROJECT } from "../../scripts/build/project.ts";
import { checksumsText } from "../../scripts/pack/checksums.ts";
import { archiveName, CHECKSUMS } from "../../scripts/pack/names.ts";
import { homebrewFormula } from "../../scripts/render/homebrew-formula.ts";
import { renderRelease } from "../../scripts/render/render-release.ts";
import { scoopManifest } from "../../scripts/render/scoop-manifest.ts";
import { madeUpChecksums } from "./made-up.ts";

const SCRIPT = fileURLToPath(new URL("../../scripts/render.ts", import.meta.url));
const CHANGELOG = `## ${PROJECT.version} / 2026-11-22\n\n- [FEATURE] All of it.\n`;

/** A folder as packing leaves it, with the archive of one target instead of all. */
async function packedFolder(checksums?: string): Promise<AsyncDisposable & { path: string }> {
  const path = await mkdtemp(join(tmpdir(), "render-"));
  if (checksums !== undefined) await writeFile(join(path, CHECKSUMS), checksums);
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) };
}

function render(folder: string): { readonly code: number; readonly stderr: string } {
  const { exitCode, stderr } = Bun.spawnSync([process.execPath, SCRIPT, folder]);
  return { code: exitCode, stderr: stderr.toString() };
}

test("A release is rendered from its checksums.txt, with the sizes of the files beside it", async () => {
  const checksums = madeUpChecksums();
  await using folder = await packedFolder(checksumsText(checksums));
  const archive = archiveName({ name: "linux_arm64", os: "linux" });
  await writeFile(join(folder.path, archive), "x".repeat(2_345_678));
  const rendered = await renderRelease({ folder: folder.path, changelog: CHANGELOG });
  expect([...rendered.keys()]).toEqual([
    "ollama-exporter.rb",
    "ollama-exporter.json",
    "release-notes.md",
  ]);
  expect(rendered.get("ollama-exporter.rb")).toBe(homebrewFormula(checksums));
  expect(rendered.get("ollama-exporter.json")).toBe(scoopManifest(checksums));
  const rows = rendered.get("release-notes.md")?.match(/^\| `.*$/gm);
  expect(rows).toEqual([`| \`${archive}\` | 2.3 MB |`]);
});

test.each(["darwin_x64", "linux_x64-baseline", "windows_arm64"] as const)(
  "A release without %s is refused with exit code 1, by name, and nothing is written",
  async (name) => {
    await using folder = await packedFolder(checksumsText(madeUpChecksums(name)));
    const { code, stderr } = render(folder.path);
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`^render: .*${PROJECT.version}_${name}\\.\\S+: .*\n$`));
    expect(await readdir(folder.path)).toEqual([CHECKSUMS]);
  },
);

test("A line of checksums.txt that is none is refused", async () => {
  await using folder = await packedFolder("<html>\n");
  expect(render(folder.path)).toEqual({
    code: 1,
    stderr: 'render: checksums.txt: not "SHA256  FILE": <html>\n',
  });
});

test("A folder without checksums.txt is refused", async () => {
  await using folder = await packedFolder();
  const { code, stderr } = render(folder.path);
  expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(CHECKSUMS) });
});
