import { expect, test } from "bun:test";
import { variablesOf } from "../../src/cli/environment.ts";
import { FLAGS } from "../../src/cli/flags.ts";
import { manPage } from "../../scripts/pack/deb/man-page.ts";

const page = manPage(new Date("2026-11-22T12:00:00Z"));

test("the manual page has every flag with its default and its variables", () => {
  const plain = page.replaceAll(String.raw`\-`, "-");
  for (const flag of Object.values(FLAGS)) {
    expect(plain).toContain(String.raw`\fB--${flag.name}\fR`);
    const fallback = flag.default === undefined ? "No default" : `Default ${flag.default}`;
    expect(plain).toContain(`${fallback}; ${variablesOf(flag).join(", ")}.`);
  }
});

test("every hyphen of the manual page can be copied into a shell", () => {
  const [heading = "", ...lines] = page.split("\n");
  expect(heading).toContain("2026-11-22");
  expect(lines.filter((line) => /(?<!\\)-/.test(line))).toEqual([]);
});

test("no line of the manual page is taken for a request by mistake", () => {
  const requests = page.split("\n").flatMap((line) => /^[.'](\w*)/.exec(line)?.[1] ?? []);
  expect(new Set(requests)).toEqual(
    new Set(["TH", "nh", "ad", "SH", "B", "RI", "BR", "IR", "I", "br", "PP", "TP"]),
  );
});
