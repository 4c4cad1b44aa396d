import manifest from "../../package.json" with { type: "json" };

const [, repository = ""] = /^github:([\w.-]+\/[\w.-]+)$/.exec(manifest.repository) ?? [];
if (repository === "") {
  throw new Error(
    `package.json: "repository" is "${manifest.repository}" and must be "github:OWNER/NAME"`,
  );
}

const HOME = `https://github.com/${repository}`;

/** Where the project lives and which version this is; package.json alone says so. */
export const PROJECT = {
  name: manifest.name,
  version: manifest.version,
  description: manifest.description,
  license: manifest.license,
  /** `OWNER/NAME` on GitHub. */
  repository,
  home: HOME,
  /** The repository of the Homebrew tap, `OWNER/homebrew-NAME`. */
  tap: manifest.tap,
  /** As `brew` calls the tap: without the `homebrew-`. */
  brewTap: manifest.tap.replace("/homebrew-", "/"),
  /** Without a tag. A registry knows no capitals. */
  image: `ghcr.io/${repository.toLowerCase()}`,
  tag: `v${manifest.version}`,
} as const;

/** Where a file of this version's release is downloaded from. */
export function downloadUrl(file: string): string {
  return `${HOME}/releases/download/${PROJECT.tag}/${file}`;
}

/** Where a file of whichever release is the latest is downloaded from. */
export function latestUrl(file: string): string {
  return `${HOME}/releases/latest/download/${file}`;
}
