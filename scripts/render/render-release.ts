import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { PROJECT } from "../build/project.ts";
import { type Checksums, readChecksums } from "../pack/checksums.ts";
import { CHECKSUMS } from "../pack/names.ts";
import { homebrewFormula } from "./homebrew-formula.ts";
import { releaseNotes, type Sizes } from "./release-notes.ts";
import { scoopManifest } from "./scoop-manifest.ts";

interface Source {
  /** Where checksums.txt is, and the files that it lists, if they are there. */
  readonly folder: string;
  /** The whole of CHANGELOG.md. */
  readonly changelog: string;
}

/** What is made of a release's checksums, by the name of the file. Throws if the release lacks any. */
export async function renderRelease({ folder, changelog }: Source): Promise<Map<string, string>> {
  const checksums = readChecksums(await readFile(join(folder, CHECKSUMS), "utf8"));
  return new Map([
    [`${PROJECT.name}.rb`, homebrewFormula(checksums)],
    [`${PROJECT.name}.json`, scoopManifest(checksums)],
    ["release-notes.md", releaseNotes({ changelog, sizes: await sizesIn(folder, checksums) })],
  ]);
}

async function sizesIn(folder: string, checksums: Checksums): Promise<Sizes> {
  const sizes = new Map<string, number>();
  for (const name of checksums.keys()) {
    const size = await stat(join(folder, name)).then(
      (file) => file.size,
      () => undefined,
    );
    if (size !== undefined) sizes.set(name, size);
  }
  return sizes;
}
