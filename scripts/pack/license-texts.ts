import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { Glob } from "bun";

/** Some packages keep the licenses of what was bundled into them beside their code. */
const NAMES = /(^|[/\\])(licen[sc]e|copying|notice|third[-_]party)[-\w]*(\.(md|txt))?$/i;
const OWN_LICENSE = /^(licen[sc]e|copying)/i;
const FURTHER_PACKAGE = /(^|[/\\])node_modules[/\\]/;

/** What a package says about licenses, file by file. Throws, naming the package, if it has no license. */
export async function licenseTexts(name: string, folder: string): Promise<readonly string[]> {
  const all = await Array.fromAsync(new Glob("**/*").scan(folder));
  const files = all.filter((file) => NAMES.test(file) && !FURTHER_PACKAGE.test(file)).toSorted();
  if (!files.some((file) => OWN_LICENSE.test(file))) {
    throw new Error(`${name} has no license file, and a release must have its text`);
  }
  return Promise.all(
    files.map(async (file) => (await readFile(join(folder, file), "utf8")).trimEnd()),
  );
}
