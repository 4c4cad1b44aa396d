import { expect, test } from "bun:test";
import { withRelease } from "../../scripts/release/changelog.ts";

const OLD = `## 0.0.9 / 2026-01-02

- [FEATURE] It was released.
`;

const changelog = (...parts: readonly string[]): string =>
  ["# Changelog\n\nWhat changes.\n", ...parts].join("\n");

test("What is unreleased becomes the section of a version, and of a release candidate", () => {
  const before = changelog("## Unreleased\n\n- [FEATURE] One\n  and more.\n", OLD);
  for (const version of ["0.1.0", "0.1.0-rc.1"]) {
    expect(withRelease(before, version, "2026-02-03")).toBe(
      changelog(
        `## Unreleased\n\n## ${version} / 2026-02-03\n\n- [FEATURE] One\n  and more.\n`,
        OLD,
      ),
    );
  }
});

test("A candidate after a candidate has only what came between", () => {
  const first = "## 0.1.0-rc.1 / 2026-02-01\n\n- [FEATURE] One.\n";
  const before = changelog("## Unreleased\n\n- [BUGFIX] Two.\n", first, OLD);
  expect(withRelease(before, "0.1.0-rc.2", "2026-02-03")).toBe(
    changelog("## Unreleased\n\n## 0.1.0-rc.2 / 2026-02-03\n\n- [BUGFIX] Two.\n", first, OLD),
  );
});

test("A release gathers its candidates, the first one first, and what came after them", () => {
  const before = changelog(
    "## Unreleased\n\n- [BUGFIX] Four.\n",
    "## 0.1.0-rc.10 / 2026-02-03\n\n- [BUGFIX] Three.\n",
    "## 0.1.0-rc.2 / 2026-02-02\n\n- [BUGFIX] Two\n  and a half.\n",
    "## 0.1.0-rc.1 / 2026-02-01\n\n- [FEATURE] One.\n",
    "## 0.1.0.0-rc.1 / 2026-02-01\n\n- Another's.\n",
    "## 0.0.9-rc.1 / 2026-01-01\n\n- An older one's.\n",
    OLD,
  );
  expect(withRelease(before, "0.1.0", "2026-02-04")).toBe(
    changelog(
      "## Unreleased\n",
      `## 0.1.0 / 2026-02-04

- [FEATURE] One.
- [BUGFIX] Two
  and a half.
- [BUGFIX] Three.
- [BUGFIX] Four.
`,
      "## 0.1.0.0-rc.1 / 2026-02-01\n\n- Another's.\n",
      "## 0.0.9-rc.1 / 2026-01-01\n\n- An older one's.\n",
      OLD,
    ),
  );
});

test("A good candidate becomes the release as it is", () => {
  const before = changelog("## Unreleased\n", "## 0.1.0-rc.1 / 2026-02-01\n\n- [FEATURE] One.\n");
  expect(withRelease(before, "0.1.0", "2026-02-04")).toBe(
    changelog("## Unreleased\n\n## 0.1.0 / 2026-02-04\n\n- [FEATURE] One.\n"),
  );
});

test("Words that are no list stay paragraphs of their own", () => {
  const before = changelog(
    "## Unreleased\n\nMind the gap.\n\n- [BUGFIX] Two.\n",
    "## 0.1.0-rc.1 / 2026-02-01\n\n- [FEATURE] One.\n",
  );
  expect(withRelease(before, "0.1.0", "2026-02-04")).toBe(
    changelog(
      "## Unreleased\n\n## 0.1.0 / 2026-02-04\n\n- [FEATURE] One.\n\nMind the gap.\n\n- [BUGFIX] Two.\n",
    ),
  );
});

test("A changelog that says nothing new is refused, and one without its heading", () => {
  for (const version of ["0.1.0", "0.0.9-rc.2"]) {
    const empty = changelog("## Unreleased\n", "## 0.0.9-rc.1 / 2026-02-01\n\n- One.\n", OLD);
    expect(() => withRelease(empty, version, "2026-02-04")).toThrow(
      'CHANGELOG.md says nothing below "## Unreleased"',
    );
    expect(() => withRelease(changelog(OLD), version, "2026-02-04")).toThrow(
      'CHANGELOG.md has no heading "## Unreleased"',
    );
  }
});
