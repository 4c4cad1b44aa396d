import { expect, test } from "bun:test";
import { debVersion } from "../../scripts/pack/deb/deb-version.ts";

test("a release has its own version", () => {
  expect(debVersion("1.2.3")).toBe("1.2.3");
});

test("a candidate sorts before its release and has no revision", () => {
  expect(debVersion("1.2.3-rc.1")).toBe("1.2.3~rc.1");
});
