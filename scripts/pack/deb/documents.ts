import { readFile } from "node:fs/promises";
import { gzipSync } from "node:zlib";
import { PROJECT } from "../../build/project.ts";
import { ROOT } from "../../build/root.ts";
import { KIT_FILES } from "../kit-files.ts";
import { thirdPartyLicenses } from "../third-party.ts";
import { MAINTAINER } from "./control.ts";
import type { DebFile } from "./deb-file.ts";
import { debVersion } from "./deb-version.ts";
import { manPage } from "./man-page.ts";

const DOCUMENTS = `usr/share/doc/${PROJECT.name}`;

/** What a package brings along to be read. */
export async function documents(time: Date): Promise<DebFile[]> {
  return [
    { path: `${DOCUMENTS}/changelog.gz`, data: compressed(changelog(time)) },
    { path: `${DOCUMENTS}/copyright`, data: await copyright() },
    {
      path: `${DOCUMENTS}/third-party-licenses.txt.gz`,
      data: compressed(await thirdPartyLicenses()),
    },
    ...examples(),
    { path: `usr/share/man/man1/${PROJECT.name}.1.gz`, data: compressed(manPage(time)) },
  ];
}

/** The kit, but for the unit, which is installed. Only examples are left uncompressed there. */
function examples(): DebFile[] {
  const files = [...KIT_FILES].filter(([name]) => !name.endsWith(".service"));
  return files.map(([name, data]) => ({ path: `${DOCUMENTS}/examples/${name}`, data }));
}

function compressed(text: string): Uint8Array {
  return gzipSync(text, { level: 9 });
}

/** In Debian's format, which has no room for the changelog of the project. */
function changelog(time: Date): string {
  const date = time.toUTCString().replace("GMT", "+0000");
  return `${PROJECT.name} (${debVersion(PROJECT.version)}) stable; urgency=medium

  * What has changed:
    ${PROJECT.home}/releases/tag/${PROJECT.tag}

 -- ${MAINTAINER}  ${date}
`;
}

async function copyright(): Promise<string> {
  const [heading = "", holder = "", ...terms] = (await readFile(`${ROOT}LICENSE`, "utf8"))
    .trim()
    .split(/\n{2,}/);
  if (!heading.startsWith(PROJECT.license) || !holder.startsWith("Copyright (c) ")) {
    throw new Error(`LICENSE is not the ${PROJECT.license} license with one copyright line`);
  }
  const text = terms.join("\n\n").replaceAll(/^$/gm, ".").replaceAll(/^/gm, " ");
  return `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: ${PROJECT.name}
Source: ${PROJECT.home}
Comment:
 The program contains Bun, the libraries of Bun and npm packages. Their licenses
 are in /usr/share/doc/${PROJECT.name}/third-party-licenses.txt.gz.

Files: *
Copyright: ${holder.replace("Copyright (c) ", "")}
License: Expat
${text}
`;
}
