import { failure } from "../../src/errors.ts";

/** Characters of what was found that are shown. */
const MOST_SHOWN = 2000;

/** What a check throws. */
export function expected(what: string, found: string): Error {
  return failure(`expected ${what}\n  found    ${found.slice(0, MOST_SHOWN)}`);
}

/** Throws unless both are the same. */
export function expectSame(found: unknown, wanted: unknown, what: string): void {
  if (Bun.deepEquals(found, wanted)) return;
  throw expected(`${what}: ${JSON.stringify(wanted)}`, JSON.stringify(found));
}
