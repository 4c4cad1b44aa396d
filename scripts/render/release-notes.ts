import { PROJECT } from "../build/project.ts";
import { CHECKSUMS } from "../pack/names.ts";
import type { Project } from "./release-file.ts";

/** Bytes by the name of a file. */
export type Sizes = ReadonlyMap<string, number>;

interface Release {
  /** The whole of CHANGELOG.md. */
  readonly changelog: string;
  /** Of the files that are there; they are listed if there are any. */
  readonly sizes?: Sizes;
  readonly project?: Project;
}

/** The text of the GitHub release. Throws if the changelog says nothing about this version. */
export function releaseNotes({ changelog, sizes, project = PROJECT }: Release): string {
  const parts = [
    oneLineEach(changesOf(project.version, changelog)),
    verify(project),
    ...(sizes?.size ? [table(sizes)] : []),
  ];
  return `${parts.join("\n\n")}\n`;
}

/** What is below `## VERSION / DATE`, up to the next version. */
function changesOf(version: string, changelog: string): string {
  const sections = changelog.replaceAll("\r\n", "\n").split(/^## /m).slice(1);
  const section = sections.find((text) => /^\S+/.exec(text)?.[0] === version);
  if (section === undefined) {
    throw new Error(`CHANGELOG.md has no section "## ${version} / DATE"`);
  }
  const [, ...lines] = section.split("\n");
  const changes = lines.join("\n").trim();
  if (changes === "") throw new Error(`CHANGELOG.md says nothing below "## ${version}"`);
  return changes;
}

/** GitHub breaks a release's text wherever a line ends, so that an item must be one line. */
function oneLineEach(items: string): string {
  return items.replaceAll(/(?<!\n)\n +(?![-*+ ]|\d+\. )/g, " ");
}

function verify({ repository }: Project): string {
  return `## Verify

\`\`\`sh
sha256sum --check --ignore-missing ${CHECKSUMS}   # macOS: shasum -a 256 --check --ignore-missing
gh attestation verify FILE --repo ${repository}
\`\`\``;
}

function table(sizes: Sizes): string {
  const rows = Array.from(sizes, ([name, bytes]) => `| \`${name}\` | ${sizeText(bytes)} |`);
  return ["## Files", "", "| file | size |", "| --- | ---: |", ...rows].join("\n");
}

function sizeText(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
