import type { PROJECT } from "../build/project.ts";

/** As `bun run release` takes it. */
const VERSION = String.raw`\d+\.\d+\.\d+(?:-rc\.\d+)?`;

/** Ends in no dot, which may be a sentence's. */
const REPOSITORY = String.raw`[\w.-]+\/[\w.-]*[\w-]`;

/** The README with the addresses and the version of package.json, whatever it had before. */
export function withAddresses(text: string, project: typeof PROJECT): string {
  const { version, repository, brewTap, image } = project;
  const values: readonly (readonly [RegExp, string])[] = [
    [RegExp(`(?<=github\\.com/)${REPOSITORY}`, "g"), repository],
    [RegExp(`(?<=--repo )${REPOSITORY}`, "g"), repository],
    [RegExp(`ghcr\\.io/${REPOSITORY}`, "g"), image],
    [RegExp(`(?<=brew \\w+ )${REPOSITORY}`, "g"), brewTap],
    [RegExp(`(?<=/releases/download/v)${VERSION}`, "g"), version],
    [RegExp(`(?<=ollama-exporter_)${VERSION}(?=_)`, "g"), version],
  ];
  return values.reduce((renewed, [place, value]) => renewed.replaceAll(place, () => value), text);
}
