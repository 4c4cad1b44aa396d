import { expect, test } from "bun:test";
import { TARGETS } from "../../scripts/build/targets.ts";
import { describeTwins, twinsAmong } from "../../scripts/inspect/twins.ts";

test("each baseline program has the plain one beside it", () => {
  const names = twinsAmong(TARGETS).map(({ plain, baseline }) => [plain.name, baseline.name]);
  expect(names).toEqual([
    ["linux_x64", "linux_x64-baseline"],
    ["windows_x64", "windows_x64-baseline"],
  ]);
});

test("a baseline program alone has nothing to be compared with", () => {
  const baselines = TARGETS.filter(({ name }) => name.endsWith("-baseline"));
  expect(twinsAmong(baselines)).toEqual([]);
});

test("twins that differ say what follows for the install script", () => {
  const [twins] = twinsAmong(TARGETS);
  expect(twins && describeTwins(twins, true)).toEndWith("are the same, byte for byte");
  expect(twins && describeTwins(twins, false)).toContain("let the install script choose by AVX2");
});
