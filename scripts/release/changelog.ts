const HEADING = "## Unreleased\n";

/**
 * What is unreleased becomes the release of that day, below an empty "Unreleased". A version takes
 * its release candidates into it. Throws if there is nothing to be said of it.
 */
export function withRelease(changelog: string, version: string, day: string): string {
  const sections = changelog.split(/^(?=## )/m);
  const at = sections.findIndex((section) => section.startsWith(HEADING));
  if (at < 0) throw new Error('CHANGELOG.md has no heading "## Unreleased"');
  const candidates = sections
    .filter((section) => numberAmong(version, section) !== undefined)
    .toSorted((a, b) => numberAmong(version, a)! - numberAmong(version, b)!);
  const changes = [...candidates, sections[at]!].map(below).filter(Boolean);
  if (changes.length === 0) throw new Error('CHANGELOG.md says nothing below "## Unreleased"');
  const release = `${HEADING}\n## ${version} / ${day}\n\n${joined(changes)}\n\n`;
  const others = sections.with(at, release).filter((section) => !candidates.includes(section));
  return `${others.join("").trimEnd()}\n`;
}

/** Whether there is a section of this version. */
export function hasRelease(changelog: string, version: string): boolean {
  return changelog.includes(`\n## ${version} / `);
}

/** Which release candidate of the version a section is of; undefined if it is none. */
function numberAmong(version: string, section: string): number | undefined {
  const start = `## ${version}-rc.`;
  if (!section.startsWith(start)) return undefined;
  const [number] = /^\d+(?= \/ )/.exec(section.slice(start.length)) ?? [];
  return number === undefined ? undefined : Number(number);
}

function below(section: string): string {
  return section.slice(section.indexOf("\n")).trim();
}

/** Lists become one list. */
function joined(changes: readonly string[]): string {
  return changes.join(changes.every((text) => text.startsWith("- ")) ? "\n" : "\n\n");
}
