import type { CodeDirectory } from "./code-directory.ts";
import type { CodeSignature } from "./code-signature.ts";

/** The flag CS_RUNTIME: macOS then forbids what no entitlement allows. */
const HARDENED_RUNTIME = 0x10000;
const JIT = "com.apple.security.cs.allow-jit";

/** Runs of pages that are named. */
const MOST_NAMED = 5;

/** Why macOS would not take the signature; nothing if it would. */
export function signatureFaults(signature: CodeSignature | undefined): readonly string[] {
  if (signature === undefined) return ["missing"];
  const { offset, bytesAfter, directories, cmsMatches, entitlements } = signature;
  const faults = new Set(directories.flatMap((directory) => directoryFaults(directory, offset)));
  if (directories.every(({ hash }) => hash === "sha1")) faults.add("without SHA-256");
  if (bytesAfter !== 0) faults.add(`followed by ${bytesAfter} bytes`);
  if (cmsMatches === false) faults.add("by a certificate for something else");
  const hardened = directories.some(({ flags }) => (flags & HARDENED_RUNTIME) !== 0);
  if (hardened && !entitlements.includes(JIT)) faults.add("hardened without allowing the JIT");
  return [...faults];
}

function directoryFaults(directory: CodeDirectory, end: number): readonly string[] {
  const { codeLimit, pages, pagesNeeded, stalePages, staleParts } = directory;
  const faults = staleParts.map((part) => `stale on its ${part}`);
  if (stalePages.length > 0) {
    faults.unshift(`stale on ${stalePages.length} of ${pages} pages (${runsOf(stalePages)})`);
  }
  if (codeLimit < end) faults.push(`not covering ${end - codeLimit} bytes before it`);
  if (codeLimit > end) faults.push("covering itself");
  if (pages !== pagesNeeded) faults.push(`with ${pages} hashes for ${pagesNeeded} pages`);
  return faults;
}

/** `0, 7-9` for 0, 7, 8, 9. */
function runsOf(pages: readonly number[]): string {
  const runs: { readonly first: number; last: number }[] = [];
  for (const page of pages) {
    const run = runs.at(-1);
    if (run?.last === page - 1) run.last = page;
    else runs.push({ first: page, last: page });
  }
  const named = runs
    .slice(0, MOST_NAMED)
    .map(({ first, last }) => (first === last ? `${first}` : `${first}-${last}`));
  if (runs.length > MOST_NAMED) named.push("…");
  return named.join(", ");
}
