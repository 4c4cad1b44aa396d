import { expect, test } from "bun:test";
import { PROJECT } from "../../scripts/build/project.ts";
import { releaseNotes } from "../../scripts/render/release-notes.ts";
import { FORK } from "./made-up.ts";

const CHANGELOG = `# Changelog

What changes for users, by release.

## Unreleased

- [FEATURE] Not yet.

## 0.12.0 / 2026-12-01

## 0.2.0 / 2026-11-22

- [FEATURE] A flag that is told of
  in two lines.
- [CHANGE] Two parts:
  - one,
    and more
  - two.

  A paragraph.

## 0.2.0-rc.1 / 2026-11-20

- [BUGFIX] The candidate.

## 0.1.0 / 2026-11-01

- [FEATURE] The last.
`;

const notes = (version: string, changelog = CHANGELOG): string =>
  releaseNotes({ changelog, project: { ...PROJECT, version } });

test("The notes are the version's section, an item a line", () => {
  expect(notes("0.2.0")).toStartWith(`- [FEATURE] A flag that is told of in two lines.
- [CHANGE] Two parts:
  - one, and more
  - two.

  A paragraph.

## Verify
`);
});

test.each([
  ["0.2.0-rc.1", "- [BUGFIX] The candidate.\n\n## Verify"],
  ["0.1.0", "- [FEATURE] The last.\n\n## Verify"],
])("The section of %s is its own", (version, start) => {
  expect(notes(version)).toStartWith(start);
});

test("A changelog with the line ends of Windows is read as well", () => {
  expect(notes("0.2.0", CHANGELOG.replaceAll("\n", "\r\n"))).toBe(notes("0.2.0"));
});

test.each(["0.2", "2.0", "0.2.1", "1.0.0"])(
  "A version without a section, %s, has no notes, and the error names it and the file",
  (version) => {
    const message = `CHANGELOG.md has no section "## ${version} / DATE"`;
    expect(() => notes(version)).toThrow(message);
  },
);

test("A version whose section is empty has no notes, and the error names it and the file", () => {
  expect(() => notes("0.12.0")).toThrow('CHANGELOG.md says nothing below "## 0.12.0"');
});

test("The notes tell how to verify a download of the repository that made it", () => {
  const text = releaseNotes({ changelog: CHANGELOG, project: { ...FORK, version: "0.1.0" } });
  expect(text).toContain("sha256sum --check --ignore-missing checksums.txt");
  expect(text).toContain("gh attestation verify FILE --repo Someone/their-exporter\n");
  expect(text).not.toContain(PROJECT.repository);
});

test("The files that are there are listed with their sizes", () => {
  const sizes = new Map([
    ["big.tar.gz", 38_412_345],
    ["install.sh", 4_001],
  ]);
  const project = { ...PROJECT, version: "0.1.0" };
  const text = releaseNotes({ changelog: CHANGELOG, sizes, project });
  expect(text).toEndWith("| `big.tar.gz` | 38.4 MB |\n| `install.sh` | 5 kB |\n");
  expect(releaseNotes({ changelog: CHANGELOG, sizes: new Map(), project })).not.toContain("|");
});
