import { PROJECT } from "../build/project.ts";
import { type TargetName, TARGETS } from "../build/targets.ts";
import { type Checksums, requiredChecksum } from "../pack/checksums.ts";
import { archiveName } from "../pack/names.ts";

export type Project = typeof PROJECT;

interface ReleaseFile {
  readonly url: string;
  readonly sha256: string;
}

/** A target's archive, as whoever installs it must find it. Throws if the release lacks it. */
export function releaseFile(
  checksums: Checksums,
  target: TargetName,
  project: Project,
): ReleaseFile {
  const name = fileName(target);
  return { url: urlOf(name, project), sha256: requiredChecksum(checksums, name) };
}

/** Where it will be for another version, which stands in it as this word. */
export function urlPattern(target: TargetName, word: string, project: Project): string {
  const { name, version } = project;
  const file = fileName(target).replace(`${name}_${version}_`, () => `${name}_${word}_`);
  return urlOf(
    file,
    project,
    project.tag.replace(version, () => word),
  );
}

function fileName(name: TargetName): string {
  return archiveName(TARGETS.find((target) => target.name === name)!);
}

function urlOf(file: string, { home, tag }: Project, ofTag: string = tag): string {
  return `${home}/releases/download/${ofTag}/${file}`;
}
