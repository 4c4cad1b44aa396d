import { join } from "node:path";
import { PROJECT } from "../build/project.ts";
import { ROOT } from "../build/root.ts";
import { BUN, PACKAGES } from "./contents.ts";
import { declaredLicense } from "./declared-license.ts";
import lgpl from "./LGPL-2.1.txt" with { type: "text" };
import { licenseTexts } from "./license-texts.ts";
import type { LockedPackage } from "./locked-packages.ts";

/** The text of THIRD_PARTY_LICENSES.txt. */
export async function thirdPartyLicenses(): Promise<string> {
  const chapters = [
    ...(await Promise.all(PACKAGES.map(packageChapter))),
    bunChapter(),
    await bunStatement(),
    chapter("GNU Lesser General Public License 2.1", lgpl.trimEnd()),
  ];
  return `Third-party software in ${PROJECT.name} ${PROJECT.version}

Every program of ${PROJECT.name} is one file that contains the software below. ${PROJECT.name} itself
is under the ${PROJECT.license} license, see LICENSE.
${chapters.join("")}`;
}

function chapter(title: string, text: string): string {
  return `\n${"=".repeat(80)}\n${title}\n${"=".repeat(80)}\n\n${text}\n`;
}

async function packageChapter({ name, version, folder }: LockedPackage): Promise<string> {
  const installed = join(ROOT, folder);
  const texts = await licenseTexts(name, installed);
  return chapter(`${name} ${version} (${await declaredLicense(installed)})`, texts.join("\n\n"));
}

function bunChapter(): string {
  return chapter(
    `Bun ${BUN.version} (${BUN.license})`,
    `The JavaScript runtime, as the npm packages @oven/bun-* have it.

Source:    ${BUN.home}/tree/bun-v${BUN.version}
Licenses:  ${BUN.licenses}

Bun is under the ${BUN.license} license. It is linked statically with other libraries, two of them under the
GNU Lesser General Public License, whose text is at the end of this file:

- JavaScriptCore, of WebKit (version 2 or later). Bun's changed source is at
  https://github.com/oven-sh/WebKit; scripts/build/deps/webkit.ts in Bun's source names the commit.
- TinyCC (version 2.1), https://github.com/tinycc/tinycc

You may change these libraries and use ${PROJECT.name} with them: build Bun with the changed library,
as the address above says, and with that Bun run "bun install && bun scripts/build.ts" in
${PROJECT.home}/tree/${PROJECT.tag}`,
  );
}

/** Bun's own list, which its type definitions bring along in the version that is installed. */
async function bunStatement(): Promise<string> {
  const folder = join(ROOT, "node_modules/bun-types");
  const statement = Bun.file(join(folder, "docs/project/license.mdx"));
  if (!(await statement.exists())) throw new Error("bun-types does not bring Bun's license along");
  const { version }: { version: string } = await Bun.file(join(folder, "package.json")).json();
  const text = (await statement.text())
    .replace(/^---\n.*?\n---\n/s, "")
    // The tables are padded to 250 columns.
    .replaceAll(/ {2,}/g, " ")
    .replaceAll(/-{4,}/g, "---");
  return chapter(`What Bun ${version} says about its licenses`, text.trim());
}
