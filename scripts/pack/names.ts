import { PROJECT } from "../build/project.ts";
import type { Target } from "../build/targets.ts";

const { name, version } = PROJECT;

/** The files of a release, besides one archive for each target. */
export const CHECKSUMS = "checksums.txt";
export const SBOM = `${name}_${version}_sbom.cdx.json`;
export const INSTALL_SCRIPT = "install.sh";

export function archiveName(target: Pick<Target, "name" | "os">): string {
  return `${name}_${version}_${target.name}.${target.os === "windows" ? "zip" : "tar.gz"}`;
}

/** Debian's names of the architectures that have a package. */
export type DebArchitecture = "amd64" | "arm64";

export function debName(architecture: DebArchitecture): string {
  return `${name}_${version}_${architecture}.deb`;
}
