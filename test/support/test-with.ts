import { test } from "bun:test";

/** `test` where a program is on the PATH; elsewhere tests are skipped and their names tell why. */
export function testWith(program: string): (name: string, run: () => Promise<void>) => void {
  return Bun.which(program)
    ? (name, run) => test(name, run, MOST_TIME)
    : (name, run) => test.skip(`${name} (skipped: ${program} is not on the PATH)`, run);
}

/** Milliseconds; more than what the tests themselves wait for an outside program. */
const MOST_TIME = 20_000;
