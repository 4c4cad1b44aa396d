import { usageError } from "../../src/errors.ts";

/** Image tags have no `+`, and Debian orders only `-rc.N` as everyone else does. */
const VERSION = /^(?:(?:0|[1-9]\d*)\.){2}(?:0|[1-9]\d*)(?:-rc\.(?:0|[1-9]\d*))?$/;

/** Throws a usage error unless it has the form of a version that can be released. */
export function checkForm(version: string): void {
  if (VERSION.test(version)) return;
  throw usageError(`"${version}" is not a version as 1.2.3 is, or 1.2.3-rc.1`);
}

/**
 * Throws, saying why, unless this can be the version after the current one. The current one itself
 * can be released as long as it has not been.
 */
export function checkOrder(version: string, current: string, released: boolean): void {
  const order = Bun.semver.order(version, current);
  if (order < 0) throw new Error(`${version} comes before ${current}, which package.json has`);
  if (order === 0 && released) throw new Error(`${version} has been released`);
}
