import { expect, test } from "bun:test";
import { isNewer, newestGlibc } from "../../scripts/inspect/version-order.ts";

test.each([
  ["2.17", "2.4", true],
  ["2.4", "2.17", false],
  ["2.17", "2.17", false],
  ["2.17.1", "2.17", true],
  ["3.0", "2.17", true],
  ["ABI_DT_RELR", "2.17", true],
  ["", "2.17", false],
])("version %p is newer than %p: %p", (version, other, newer) => {
  expect(isNewer(version, other)).toBe(newer);
});

test("the newest glibc is found among the versions of all libraries", () => {
  expect(newestGlibc(["GLIBC_2.2.5", "GCC_3.0", "GLIBC_2.17", "GLIBC_2.4"])).toBe("2.17");
  expect(newestGlibc(["GLIBC_2.17", "GLIBC_ABI_DT_RELR"])).toBe("ABI_DT_RELR");
  expect(newestGlibc(["GLIBCXX_3.4"])).toBeUndefined();
});
