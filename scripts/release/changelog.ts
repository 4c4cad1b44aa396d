const HEADING = "## Unreleased\n";

/** What stands below "Unreleased". Throws if there is no such heading. */
export function unreleased(changelog: string): string {
  const start = changelog.indexOf(`\n${HEADING}`);
  if (start < 0) throw new Error('CHANGELOG.md has no heading "## Unreleased"');
  const [below = ""] = changelog.slice(start + 1 + HEADING.length).split(/^## /m);
  return below.trim();
}

/** What was unreleased as a release of that day, below an empty "Unreleased". */
export function withRelease(changelog: string, version: string, day: string): string {
  return changelog.replace(`\n${HEADING}`, () => `\n${HEADING}\n## ${version} / ${day}\n`);
}

/** Whether there is a section of this version. */
export function hasRelease(changelog: string, version: string): boolean {
  return changelog.includes(`\n## ${version} / `);
}
