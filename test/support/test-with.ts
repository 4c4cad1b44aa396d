import { test } from "bun:test";
import { skipWithout } from "./skip-without.ts";

/** `test` where these programs are on the PATH; elsewhere tests are skipped and their names tell why. */
export function testWith(
  ...programs: readonly string[]
): (name: string, run: () => Promise<void>) => void {
  const reason = programs.map(skipWithout).find(Boolean);
  return reason === undefined
    ? (name, run) => test(name, run, MOST_TIME)
    : (name, run) => test.skip(`${name} (${reason})`, run);
}

/** Milliseconds; more than what the tests themselves wait for an outside program. */
const MOST_TIME = 20_000;
