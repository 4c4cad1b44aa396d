import { createHash } from "node:crypto";
import { dirname } from "node:path";
import { PROJECT } from "../../build/project.ts";
import type { DebArchitecture } from "../names.ts";
import type { DebFile } from "./deb-file.ts";
import { debVersion } from "./deb-version.ts";

/** The newest symbols that the programs need; `readelf --version-info` shows them. */
const LIBC = "2.17";

/** GitHub gives every owner of a repository this address; it takes no mail. */
export const MAINTAINER = `${PROJECT.name} authors <${PROJECT.repository.split("/")[0]}@users.noreply.github.com>`;

/** The package's `DEBIAN/control`. */
export function controlText(architecture: DebArchitecture, files: readonly DebFile[]): string {
  return `Package: ${PROJECT.name}
Version: ${debVersion(PROJECT.version)}
Architecture: ${architecture}
Maintainer: ${MAINTAINER}
Installed-Size: ${installedSize(files)}
Depends: libc6 (>= ${LIBC})
Section: net
Priority: optional
Homepage: ${PROJECT.home}
Description: Prometheus metrics for Ollama, as a transparent proxy
 Ollama has no metrics of its own. Clients point at ollama-exporter instead of
 at Ollama; it forwards every request untouched, and Prometheus scrapes from it
 how many chats there were, how long they took and how many tokens they had.
 .
 The service listens on loopback, port 8000, and forwards to the Ollama on the
 same machine. /etc/default/ollama-exporter changes that.
`;
}

/** In KiB, each file and directory rounded up, as Debian counts (deb-substvars(5)). */
function installedSize(files: readonly DebFile[]): number {
  const folders = new Set<string>(["."]);
  let size = 0;
  for (const { path, data } of files) {
    size += Math.ceil(Buffer.byteLength(data) / 1024);
    for (let folder = dirname(path); folder !== "."; folder = dirname(folder)) folders.add(folder);
  }
  return size + folders.size;
}

/** The package's `DEBIAN/md5sums`, by which `dpkg --verify` finds what was changed. */
export function md5sumsText(files: readonly DebFile[]): string {
  return files
    .map(({ path, data }) => `${createHash("md5").update(data).digest("hex")}  ${path}\n`)
    .join("");
}
