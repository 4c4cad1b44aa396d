/**
 * Why tests that need this program are skipped here; undefined if they run. `.ci/run` installs every
 * program and sets REQUIRE_ALL, so that there nothing is skipped.
 */
export function skipWithout(program: string): string | undefined {
  if (process.env["REQUIRE_ALL"] === "true" || Bun.which(program) !== null) return undefined;
  return `skipped: ${program} is not on the PATH`;
}
