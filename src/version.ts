import manifest from "../package.json" with { type: "json" };

// Both are stamped in by `bun build --define`; a run from source knows the version from package.json.
declare const BUILD_REVISION: string | undefined;

export const VERSION: string = manifest.version;

/** What the container image of a release is called, without its tag; a registry knows no capitals. */
export const IMAGE: string = manifest.repository.replace(/^github:/, "ghcr.io/").toLowerCase();

/** The commit this was built from, or `source` when it was not built. */
export const REVISION: string = typeof BUILD_REVISION === "string" ? BUILD_REVISION : "source";
