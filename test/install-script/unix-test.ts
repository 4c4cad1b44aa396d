import { test } from "bun:test";
import { testWith } from "../support/test-with.ts";

const isWindows = process.platform === "win32";

/** The script is for Linux and macOS. */
export const unixTest = test.skipIf(isWindows);

export const unixTestWith: typeof testWith = (program) =>
  isWindows ? (name, run) => test.skip(name, run) : testWith(program);
