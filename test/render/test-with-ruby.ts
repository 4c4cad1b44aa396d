import { test } from "bun:test";
import { testWith } from "../support/test-with.ts";

/** `test` where a formula and its own test can be run; Homebrew is not for Windows. */
export const testWithRuby =
  process.platform === "win32" ? test.skip : testWith(Bun.which("ruby") === null ? "ruby" : "curl");
